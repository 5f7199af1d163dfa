"""Compares the router's reading of 5 000 phone numbers with that of libphonenumber (PyPI `phonenumbers`).

Every difference belongs to a row of the table in docs/phone-numbers.md, with its number of cases and its reason; one that
does not, or another number of cases, is a failure.
"""
import json
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import phonenumbers as lib
from phonenumbers import PhoneMetadata, PhoneNumberType

COUNT = 5_000
# What the router's plans are made of; libphonenumber's other types are no wallets.
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
OTHERS = "DE US GB IT FI BR IN CN JP PH MY SA AE DZ CV AO MZ ZW".split()
MARKS = "\u200e \u200f \u202a \u2066 \u200b \u2060 \ufeff \u00ad".split()
SPACES = "\u0020 \u00a0 \u202f \u2009 \u3000".split(" ") + [" "]
SEPARATORS = list("-./ ") + list("\u2010\u2011\u2013\u2212\u00b7\u2022\uff0e\u2044\uff0f") + SPACES
SCRIPTS = (0xFF10, 0x0660, 0x06F0, 0x0E50, 0x0966)


def countries(root):
    text = "".join((root / "Sources/Router/Phone" / name).read_text() for name in (
        "NumberingPlanData.swift", "MoreNumberingPlanData.swift"))
    return [line.split()[0] for line in text.splitlines() if re.match(r"        [A-Z]{2} \d", line)]


def digits(chance, count):
    return "".join(chance.choice("0123456789") for _ in range(count))


def national(chance, country):
    """Digits of some kind of number: mobile ones mostly, then landlines, other services and nonsense."""
    data = PhoneMetadata.metadata_for_region(country)
    kind = chance.choices(["mobile", "fixed", "other", "wrong"], [60, 15, 10, 15])[0]
    if kind == "other":
        kinds = [data.toll_free, data.premium_rate, data.voip, data.uan, data.shared_cost, data.voicemail]
        known = [k.example_number for k in kinds if k and k.example_number]
        return chance.choice(known) if known else digits(chance, 8)
    desc = data.fixed_line if kind == "fixed" and data.fixed_line else data.mobile
    length = chance.choice(desc.possible_length or data.mobile.possible_length)
    if kind == "wrong":
        return digits(chance, max(4, length + chance.choice([-1, 0, 0, 0, 1])))
    # Beginnings at random until one fits, with the example's when nothing does.
    for _ in range(300):
        text = digits(chance, length)
        if re.fullmatch(desc.national_number_pattern, text):
            return text
    return desc.example_number


def spelled(chance, country, number):
    """The number as somebody might paste it, and the default country that is given."""
    code = str(lib.country_code_for_region(country))
    trunk = PhoneMetadata.metadata_for_region(country).national_prefix or ""
    way = chance.choices(
        ["plus", "zeros", "bare", "national", "bracket", "trunk", "tel", "context"], [40, 8, 6, 26, 6, 5, 5, 4])[0]
    default = country if way == "national" or chance.random() < 0.3 else None
    head = {"plus": "+" + code, "zeros": "00" + code, "bare": code, "bracket": f"+{code} (0)", "trunk": f"+{code} 0",
            "tel": "tel:+" + code}.get(way, trunk if way == "national" else "")
    body = number
    if way in ("plus", "zeros", "national", "tel") and chance.random() < 0.5:
        separator = chance.choice("-." if way == "tel" else SEPARATORS)
        body = separator + separator.join(re.findall("..?", number))
        if way == "national" and not trunk:
            body = body[1:]
    if way == "context":
        return f"tel:{number};phone-context=+{code}", None
    text = head + body
    if way == "plus" and chance.random() < 0.2:
        text = text.translate({0x30 + value: chance.choice(SCRIPTS) + value for value in range(10)})
    if way != "tel" and chance.random() < 0.2:
        place = chance.choice([0, len(text), chance.randint(1, len(text) - 1)])
        text = text[:place] + chance.choice(MARKS) + text[place:]
    return text, default


def cases(known):
    chance = random.Random(20261128)
    found = []
    while len(found) < COUNT:
        country = chance.choice(known) if chance.random() < 0.92 else chance.choice(OTHERS)
        text, default = spelled(chance, country, national(chance, country))
        found.append((text, default if default in known else None))
    return found


def theirs(text, default, known):
    """libphonenumber's answer: the number if the router shall take it, and what it is."""
    try:
        number = lib.parse(text, default)
    except lib.NumberParseException as error:
        return None, "unreadable: " + str(error)
    region = lib.region_code_for_number(number) or lib.region_code_for_country_code(number.country_code)
    written = lib.format_number(number, lib.PhoneNumberFormat.E164)
    if lib.region_code_for_country_code(number.country_code) not in known:
        return (written if lib.is_possible_number(number) else None), "of another country"
    kind = lib.number_type(number)
    return (written if kind in MOBILE and number.extension is None else None), f"{region} type {kind}"


def ours(binary, found):
    by_default = defaultdict(list)
    for place, (text, default) in enumerate(found):
        by_default[default].append((place, text))
    answers = [None] * len(found)
    for default, group in by_default.items():
        command = [binary, "phone", "--json"] + (["--default-country", default] if default else [])
        done = subprocess.run(
            command, input="".join(text + "\n" for _, text in group), capture_output=True, encoding="utf-8", timeout=120)
        lines = done.stdout.splitlines()
        if len(lines) != len(group):
            raise SystemExit(f"{' '.join(command)} answered {len(lines)} of {len(group)} numbers: {done.stderr}")
        for (place, _), line in zip(group, lines):
            answers[place] = json.loads(line)
    return answers


def reason(text, default, answer, expected, remark):
    """The row of the table that a difference belongs to."""
    number, bare = answer["number"], re.sub(r"\D", "", lib.normalize_digits_only(text))
    plain = text.strip("".join(MARKS) + "".join(SPACES))
    if number is not None and any(space in text for space in "\u202f\u2009\u00b7"):
        return "typographic space"
    if number is not None and expected is not None and not answer["has_plan"]:
        return "zero before a number abroad"
    if expected is None and number is not None:
        if "(0)" in lib.normalize_digits_only(text, True) or "(0)" in text:
            return "zero in brackets"
        if any(mark in plain for mark in MARKS) or any(sign in text for sign in "\u2022\u2044"):
            return "mark or sign between digits"
        if not answer["has_plan"]:
            return "length abroad"
        if bare.startswith("00"):
            return "two zeros"
        if bare.startswith(number[1:4]) and not plain.startswith(("+", "\uff0b")):
            return "calling code without plus"
        if plain.startswith("+" + number[1:4]) and bare == number[1:4] + "0" + number[4:]:
            return "zero after the calling code"
    if expected is not None and number is None and "card number" in (answer["error"] or ""):
        return "like a card"
    if expected is not None and number is None:
        national = re.sub(r"\D", "", expected)
        for code, length in (("27", 11), ("243", 12), ("241", 11)):
            if national.startswith(code) and len(national) < length:
                return "shorter numbers"
        if not plain.startswith(("+", "tel", "\uff0b")) and "not be national" in (answer["error"] or ""):
            return "national abroad"
    return None


def listed(root):
    """Rows of the table: name and number of cases."""
    text = (root / "docs/phone-numbers.md").read_text()
    return {name: int(count) for name, count in re.findall(r"^\| ([a-z ]+) \| (\d+) \|", text, re.M)}


def main():
    root, binary = Path(sys.argv[1]), sys.argv[2]
    known = countries(root)
    found = cases(known)
    counts, examples, unlisted = Counter(), {}, []
    for (text, default), answer in zip(found, ours(binary, found)):
        expected, remark = theirs(text, default, known)
        if answer["number"] == expected:
            continue
        row = reason(text, default, answer, expected, remark)
        line = f"{text!a} with {default}: router {answer['number'] or answer['error']}, phonenumbers {expected} ({remark})"
        counts[row] += 1
        examples.setdefault(row, []).append(line)
        if row is None:
            unlisted.append(line)
    for row, count in sorted((r, c) for r, c in counts.items() if r):
        print(f"{count:5} {row}; for instance {examples[row][0]}")
    taken = sum(1 for answer in ours(binary, found) if answer["number"])
    print(f"{len(found)} numbers, {taken} taken, {sum(counts.values())} read differently, {len(unlisted)} of them unlisted")
    for line in unlisted:
        print("unlisted:", line)
    table = listed(root)
    counted = {row: count for row, count in counts.items() if row}
    if unlisted or table != counted:
        raise SystemExit(f"docs/phone-numbers.md lists {table}, there are {counted}")
    print(f"phones: {len(found)} numbers compared")


main()
