"""Values of fields for tests, and the field that names an object."""


def title(fields):
    """The field that names an object to a person, by which a list is ordered."""
    return next(field for field in fields if field.type == "text" and field.required)


def sample(field):
    """A value that the field takes, and answers as it was given."""
    if field.choices:
        return field.choices[0]
    if field.type in ("integer", "minutes"):
        least, most = field.least or 0, field.most or 1000
        number = max(least, min(most, field.kind.sample))
        return number if field.type == "integer" else duration(number)
    if field.type == "text":
        return f"{field.words[0].upper()}{field.words[1:]}"[: field.most]
    if field.type == "multiline":
        return field.kind.sample[: field.most].strip()
    return field.kind.sample


def duration(minutes):
    """As the API answers it (ISO 8601)."""
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    day = f"P{days}D" if days else "P"
    if not hours and not rest:
        return day
    return f"{day}T{hours}H{rest}M0S" if hours else f"{day}T{rest}M0S"


def other_sample(field):
    """Another value than `sample` where the type has an obvious one; else nothing."""
    if field.choices:
        return field.choices[-1]
    if field.type == "boolean":
        return False
    if field.type == "text":
        return f"Other {field.words}"[: field.most]
    if field.type == "integer":
        return sample(field) + (1 if sample(field) < (field.most or 1000) else -1)
    return {"money": 75_000, "decimal": "7.25", "date": "2026-12-01", "time": "17:45:00", "multiline": "Else",
            "timestamp": "2026-12-01T04:30:00.000000Z", "email": "ravi@example.in", "phone": "+919876543210",
            "url": "https://example.org/", "slug": "other"}.get(field.type)
