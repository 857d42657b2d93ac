"""The dealerships that are measured, and how often."""

SIZES = {
    "small": {
        "data": {
            "cards": 5000, "won": 500, "lost": 4500, "outlets": 4, "consultants": 36, "lapsed": 1000, "overdue": 200,
            "big": 500, "thick": 1000, "plain": 2000, "adopt": 2000, "days": 365,
        },
        "samples": (40, 16, 8, 4), "transfers": (200, 1000), "wins": 8, "contests": 3, "requests": 8, "rounds": 3,
    },
    "large": {
        "data": {
            "cards": 200_000, "won": 20_000, "lost": 780_000, "outlets": 40, "consultants": 600, "lapsed": 10_000,
            "overdue": 10_000, "big": 500, "thick": 1000, "plain": 20_000, "adopt": 200_000, "days": 730,
        },
        "samples": (60, 30, 15, 5), "transfers": (1000, 5000), "wins": 25, "contests": 4, "requests": 15, "rounds": 6,
    },
}  # fmt: skip
PARTS = 20  # growth is measured against a twentieth of the cards
SCALED = ("cards", "won", "lost", "lapsed", "overdue")


def twentieth(data):
    """The same outlets and people with a twentieth of the cards. Their leads of other teams are not needed."""
    scaled = {name: value // PARTS if name in SCALED else value for name, value in data.items()}
    return {**scaled, "plain": data["plain"] // PARTS, "adopt": 0}


def arguments(data):
    """As generate.py takes them."""
    return [text for name, value in data.items() for text in (f"--{name}", str(value))]
