{
    "name": "Showroom Ownership: Letters by Post",
    "summary": "Letters are about what their sender may read",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Showroom Ownership contributors",
    "website": "https://github.com/showroom-ownership/showroom-ownership",
    "license": "LGPL-3",
    "depends": ["showroom_ownership", "snailmail"],
    "data": ["security/ir.rule.csv"],
    "auto_install": True,
}
