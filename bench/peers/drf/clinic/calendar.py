from datetime import date


def age_on(today: date, born_on: date) -> int:
    """Completed years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def estimated_birthday(today: date, age: int) -> date:
    """Today's day, that many years ago."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        return today.replace(year=today.year - age, day=28)
