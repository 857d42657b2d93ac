{
    "name": "Showroom Ownership: Time Off",
    "summary": "Who is on approved leave is given no cards",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Showroom Ownership contributors",
    "website": "https://github.com/showroom-ownership/showroom-ownership",
    "license": "LGPL-3",
    "depends": ["showroom_ownership", "hr_holidays"],
    "auto_install": True,
}
