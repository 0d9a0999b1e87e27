"""Texts as search sees them: the folded words of names, and phones in E.164."""

import re
import unicodedata

ASCII_WORD = re.compile(r"[a-z0-9]+")
SEPARATORS = str.maketrans("", "", " -.()")
NUKTAS = set("\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc")
MOST_WORDS = 6
LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Lower case, without accents, words apart by one blank."""
    if text.isascii():
        return " ".join(ASCII_WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = []
    for character in folded:
        category = unicodedata.category(character)
        if "\u0300" <= character <= "\u036f" or character in NUKTAS:
            continue
        kept.append(character if category[0] in "LMN" else " ")
    return " ".join("".join(kept).split())


def tokens_of(name: str, phone: str | None) -> set[str]:
    """The words of the name; of a phone its digits, those without India's 91, and all of them backwards after `<`."""
    tokens = set(fold(name).split())
    if phone:
        digits = phone[1:]
        tokens |= {digits, "<" + digits[::-1]}
        if len(digits) == 12 and digits.startswith("91"):
            tokens.add(digits[2:])
    return tokens


def search_ranges(text: str) -> list[list[tuple[str, str]]]:
    """For each word of a search the ranges of tokens that match it; longest words first, six at most."""
    words = sorted(set(fold(text).split()), key=lambda word: (-len(word), word))[:MOST_WORDS]
    found = []
    for word in words:
        if word.isdigit() and len(word) == 11 and word.startswith("0"):
            word = word[1:]
        ranges = [(word, word + LAST)]
        if word.isdigit():
            backwards = "<" + word[::-1]
            ranges.append((backwards, backwards + LAST))
        found.append(ranges)
    return found


def indian(national: str) -> str | None:
    return f"+91{national}" if len(national) == 10 and national[0] != "0" else None


def to_e164(typed: str) -> str | None:
    plus = typed.startswith("+")
    digits = typed[plus:].translate(SEPARATORS)
    if not digits.isascii() or not digits.isdigit():
        return None
    if plus and not digits.startswith("91"):
        return f"+{digits}" if 7 <= len(digits) <= 15 and digits[0] != "0" else None
    for size, prefix in (14, "0091"), (12, "91"), (11, "0"):
        if len(digits) == size and digits.startswith(prefix):
            return indian(digits[len(prefix) :])
    return indian(digits) if not plus else None
