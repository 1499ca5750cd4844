"""Times as transcripts write them: « 0:03 », « 00:00:12.5 », « (0:01 - 0:11) », « #00:00:12-3# »."""

from __future__ import annotations

import re

CLOCK = (
    r"(?:\d{1,3}:\d{1,2}:\d{1,2}(?:[.,:-]\d{1,3})?|\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
    r"|\d{1,2}\s?h\s?\d{2}(?:\s?m(?:in)?\s?\d{2}\s?s?)?|\d{1,3}['′]\d{2}[\"″”]?)"
)
_TO = r"\s*(?:-+>|[-–—/]|à|to)?\s*"
# A time or a stretch of time, with or without brackets, one of which may be missing.
STRETCH = rf"[\[(<{{#]*\s*(?:{CLOCK}(?:{_TO}{CLOCK})?\s*[-–—]?|[-–—]\s*{CLOCK})\s*[\])>}}#]*"
BRACKETED = rf"[\[(<{{#]\s*(?:{CLOCK}(?:{_TO}{CLOCK})?\s*[-–—]?|[-–—]\s*{CLOCK}|[-–—]?)\s*[\])>}}#]"

LONG = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"  # « 12:30 » alone may be an answer

# As Teams writes them beside a name.
SPELT = r"(?:\d{1,2} (?:heures?|hours?) )?\d{1,3} minutes? \d{1,2} (?:secondes?|seconds?)"
ONLY_TIME = re.compile(rf"[\s*_]*(?:{STRETCH}|{SPELT})[\s*_:.-]*")
# Times written among the words: only what no one says aloud.
INSIDE = re.compile(
    rf"\[\s*{CLOCK}(?:{_TO}{CLOCK})?\s*\]|#\s*{CLOCK}\s*#|\(\s*\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d+)?\s*\)|"
    rf"(?:^|(?<=\s))\d{{2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?(?=\s|$)|(?<=\s)\(\d{{1,3}}:\d{{2}}\)(?=\s*$)"
)
_CLOCK = re.compile(CLOCK)
_FRACTION = re.compile(r"(?::\d{1,2}:\d{1,2}[.,:-]|:\d{2}[.,])(\d{1,3})$")


def seconds(clock: str) -> float | None:
    """« 1:02:03,5 » is 3723.5; None for what is no time of a recording."""
    numbers = [int(n) for n in re.findall(r"\d+", clock)]
    fraction = _FRACTION.search(clock.strip())
    part = int(numbers.pop()) / 10 ** len(fraction[1]) if fraction else 0.0
    if "h" in clock and len(numbers) == 2:
        numbers.append(0)
    if not 2 <= len(numbers) <= 3 or any(n > 59 for n in numbers[1:]):
        return None
    total = 0
    for number in numbers:
        total = total * 60 + number
    return total + part


def stretch(text: str) -> tuple[float | None, float | None]:
    """Begin and end of the stretch of time that a text writes."""
    found = _CLOCK.findall(text)
    if not found and re.search(SPELT, text):
        found = [":".join(re.findall(r"\d+", text))]
    if not found:
        return None, None
    first = seconds(found[0])
    if len(found) == 1 and re.match(r"[\s\[(<{#]*[-–—]", text):
        return None, first
    return first, seconds(found[1]) if len(found) > 1 else None
