{
    "name": "Showroom Ownership: Employees",
    "summary": "An employee's departure releases their cards",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Showroom Ownership contributors",
    "website": "https://github.com/showroom-ownership/showroom-ownership",
    "license": "LGPL-3",
    "depends": ["showroom_ownership", "hr"],
    "auto_install": True,
}
