"""Numbers that carry their own key: the key tells a right one from a wrong one."""

from __future__ import annotations

import re


def nir_key_is_right(number: str) -> bool:
    """Whether the last two figures are the key of the thirteen before."""
    digits = re.sub(r"[^\W\d]{2,}|[^\dAB]", "", number.upper())  # « la clé » apart
    if len(digits) != 15:
        return False
    body = digits[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(digits[13:])


def iban_key_is_right(number: str) -> bool:
    """Whether the account number leaves 1 when divided by 97, letters counting from 10."""
    flat = re.sub(r"\W", "", number).upper()
    return len(flat) >= 14 and int("".join(str(int(c, 36)) for c in flat[4:] + flat[:4])) % 97 == 1


def keyed(right: bool, what: str) -> tuple[float, str]:
    """The score of a number of this kind, and why."""
    return (1.0, f"{what}, clé juste") if right else (0.9, f"forme d'un {what}, clé fausse ou absente")
