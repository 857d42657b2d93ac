"""Who works where, and what is for sale."""

COMPANY = {
    "name": "Pujiang Motors 浦江汽车",
    "street": "1188 Pujiang Avenue 浦江大道1188号",
    "city": "Shanghai 上海",
    "zip": "200120",
    "phone": "+86 21 5000 1188",
}
TZ = "Asia/Shanghai"

# Code: name, kind, leader, principles.
OUTLETS = {
    "MAIN": ("Pujiang Showroom 浦江店", "showroom", "huang", "six_principles"),
    "EAST": ("Chuansha Branch 川沙二级网点", "branch", "he", "six_principles"),
    "SHAN": ("Shanyin Road Hall 山阴路展厅", "satellite", "he", "card_management"),
}

# Login: name, role, outlet, language. The password is the login.
PEOPLE = {
    "liu": ("Liu Yan 刘燕", "receptionist", "MAIN", "zh_CN"),
    "xu": ("Xu Jing 徐静", "receptionist", "EAST", "en_US"),
    "li": ("Li Wei 李伟", "consultant", "MAIN", "en_US"),
    "wang": ("Wang Fang 王芳", "consultant", "MAIN", "zh_CN"),
    "zhang": ("Zhang Min 张敏", "consultant", "MAIN", "en_US"),
    "zhao": ("Zhao Lei 赵磊", "consultant", "MAIN", "en_US"),
    "sun": ("Sun Li 孙丽", "consultant", "EAST", "en_US"),
    "zhou": ("Zhou Hao 周浩", "consultant", "EAST", "en_US"),
    "wu": ("Wu Gang 吴刚", "consultant", "SHAN", "en_US"),
    "huang": ("Huang Qiang 黄强", "manager", "MAIN", "en_US"),
    "he": ("He Jun 何军", "manager", "EAST", "zh_CN"),
    "guo": ("Guo Hui 郭辉", "director", None, "en_US"),
    "lin": ("Lin Yue 林悦", "general_manager", None, "en_US"),
}

# Short name: name, price in yuan.
CARS = {
    "C3": ("Qinghe C3 清和C3", 89800),
    "E5": ("Qinghe E5 清和E5", 138800),
    "X7": ("Qinghe X7 清和X7", 219800),
    "M9": ("Qinghe M9 清和M9", 299800),
}

# Grade: stars, days until the customer is expected to buy.
EXPECTED = {
    "H": ("3", 7), "A": ("2", 30), "B": ("1", 90), "C": ("0", 180),
    "P1": ("3", 7), "P2": ("2", 30), "P3": ("1", 90), "P4": ("0", 180),
}  # fmt: skip

# What consultants write when nothing remarkable was said.
OUTCOMES = {
    "call": (
        "Asked how the family liked the car; wants to compare prices.",
        "Sent the price list; will talk it over at home.",
        "Still waiting for the licence plate lottery.",
        "Asked about the trade-in value of the old car.",
        "Interested in the zero-interest loan until the end of the month.",
        "Busy at work, asked to be called again next week.",
        "Wants the white one with the winter package.",
    ),
    "visit": ("Took the papers to the office; met the spouse too.", "Went through the loan calculation together."),
    "message": ("Sent photos of the colour by WeChat.", "Confirmed the appointment by WeChat."),
    "email": ("Sent the written offer.", "Sent the brochure and the equipment list."),
    "test_drive": (
        "Drove it along the river; liked the seats.",
        "Drove with the whole family; the boot is large enough.",
    ),
}
