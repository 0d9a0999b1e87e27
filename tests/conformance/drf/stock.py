"""The gadgets that both sides hold; no case changes them."""

BATCH = "0190f1d2-0000-7000-8000-00000000000a"
OTHER_BATCH = "0190f1d2-0000-7000-8000-00000000000b"


def _gadget(code: str, name: str, colour: str | None, stock: int, fragile: bool, made_on: str | None,
            batch: str | None) -> dict:
    return {"code": code, "name": name, "colour": colour, "stock": stock, "fragile": fragile, "made_on": made_on,
            "batch": batch}


STOCK = [
    _gadget("AA1", "Brass lamp", "red", 5, False, "2026-01-05", BATCH),
    _gadget("AA2", "Desk lamp", "green", 5, True, "2026-01-05", BATCH),
    _gadget("AA3", "Brass bell", "red", 0, False, None, None),
    _gadget("AB1", "Copper kettle", "blue", 12, False, "2026-02-11", OTHER_BATCH),
    _gadget("AB2", "Copper lamp with shade", "red", 7, True, "2026-02-28", None),
    _gadget("BA1", "Ärmel", None, 3, False, None, None),
    _gadget("BA2", "Glass bowl", "green", 99, True, "2025-12-31", BATCH),
    _gadget("BB1", "Glass bell", "blue", 1000, False, "2026-01-05", None),
    _gadget("CA1", "Garden lantern", "green", 1, False, "2024-02-29", None),
    _gadget("CA2", "Lantern, small", "red", 5, True, "2026-03-01", OTHER_BATCH),
    _gadget("CB1", "Tin whistle", None, 40, False, None, None),
    _gadget("CC1", "Wooden spoon", "blue", 7, False, "2026-02-11", None),
]
CODES = [gadget["code"] for gadget in STOCK]
