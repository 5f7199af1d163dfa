"""Writes the router's numbering plan from libphonenumber's metadata, read through the PyPI package `phonenumbers`.

Run by `scripts/numbering-plan`. What is not libphonenumber's (currencies, operators' and wallets' names, portability, shorter
lengths left out) stands in this file.
"""
import sys
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.carrierdata import CARRIER_DATA

from prefixes import prefixes, ranges, sequences

# ISO code: currency, whether numbers are known not to move between operators, name.
COUNTRIES = {
    "TG": ("XOF", "ported", "Togo"), "BJ": ("XOF", "ported", "Benin"), "TN": ("TND", "ported", "Tunisia"),
    "CI": ("XOF", "ported", "Cote d'Ivoire"), "SN": ("XOF", "ported", "Senegal"), "GH": ("GHS", "ported", "Ghana"),
    "KE": ("KES", "ported", "Kenya"), "CM": ("XAF", "ported", "Cameroon"), "BF": ("XOF", "fixed", "Burkina Faso"),
    "ML": ("XOF", "fixed", "Mali"), "NE": ("XOF", "fixed", "Niger"),
    "BW": ("BWP", "ported", "Botswana"), "CD": ("CDF", "ported", "DR Congo"),
    "CF": ("XAF", "ported", "Central African Republic"), "CG": ("XAF", "ported", "Congo"),
    "EG": ("EGP", "ported", "Egypt"), "FR": ("EUR", "ported", "France"), "GA": ("XAF", "ported", "Gabon"),
    "GM": ("GMD", "ported", "Gambia"), "GN": ("GNF", "ported", "Guinea"), "GW": ("XOF", "ported", "Guinea-Bissau"),
    "ID": ("IDR", "ported", "Indonesia"), "JO": ("JOD", "ported", "Jordan"), "LR": ("LRD", "ported", "Liberia"),
    "MA": ("MAD", "ported", "Morocco"), "MG": ("MGA", "ported", "Madagascar"), "MW": ("MWK", "ported", "Malawi"),
    "NG": ("NGN", "ported", "Nigeria"), "RW": ("RWF", "ported", "Rwanda"), "SC": ("SCR", "ported", "Seychelles"),
    "SD": ("SDG", "ported", "Sudan"), "SL": ("SLE", "ported", "Sierra Leone"), "SS": ("SSP", "ported", "South Sudan"),
    "SZ": ("SZL", "ported", "Eswatini"), "TD": ("XAF", "ported", "Chad"), "TH": ("THB", "ported", "Thailand"),
    "TZ": ("TZS", "ported", "Tanzania"), "UG": ("UGX", "ported", "Uganda"), "ZA": ("ZAR", "ported", "South Africa"),
    "ZM": ("ZMW", "ported", "Zambia"),
}

# Shorter numbers of the source that are no subscriber's: mailboxes and machines (ZA), blocks of satellite phones (CD),
# numbers of before 2019 (GA).
LENGTHS = {"ZA": [9], "CD": [9], "GA": [8]}
# What may stand in front of a national number; the source has this rule for Gabon as a pattern.
TRUNK = {"GA": "0"}

# Numbers of this length got a prefix: Benin, 30 November 2024.
RENUMBERED = {"BJ": (8, "01")}

# Brands and companies that are one operator.
OPERATORS = {
    ("TG", "Togo Telecom"): "togocom", ("BF", "Moov Africa"): "moov", ("BF", "Telecel Faso"): "telecel",
    ("CM", "MTN Cameroon"): "mtn", ("TN", "Watany Ettisalat"): "watany", ("KE", "NRG Media Limited"): "nrg",
    ("KE", "Homeland Media"): "homeland", ("GN", "Areeba"): "mtn", ("GW", "Spacetel"): "mtn",
    ("LR", "Lonestar Cell"): "mtn", ("SZ", "Swazi MTN"): "mtn", ("CD", "Yozma Timeturns sprl -YTT"): "yozma",
    ("MW", "Malawi Telecom-munications Ltd (MTL)"): "mtl",
    ("MW", "Globally Advanced Integrated Networks Ltd"): "gain",
}

WALLETS = {
    ("TG", "togocom"): "mixx-by-yas-tg", ("TG", "moov"): "flooz-tg", ("BJ", "celtiis"): "celtiis-cash-bj",
    ("SN", "expresso"): "e-money-sn", ("SN", "yas"): "mixx-by-yas-sn", ("GH", "telecel"): "telecel-cash-gh",
    ("GH", "at"): "at-money-gh", ("KE", "safaricom"): "m-pesa-ke", ("KE", "telkom"): "t-kash-ke",
    ("BF", "telecel"): "telecel-money-bf", ("ML", "sotelma"): "moov-money-ml",
}
BRANDS = {
    "mtn": ("mtn-momo", "BJ CG CI CM GH GN GW LR NG RW SD SS SZ UG ZA ZM".split()),
    "orange": ("orange-money", "BF BW CD CF CI CM EG GN GW JO LR MA MG ML SL SN".split()),
    "airtel": ("airtel-money", "CD CG GA KE MG MW NE RW SC TD TZ UG ZM".split()),
    "moov": ("moov-money", "BF BJ CI GA NE TD".split()),
}


def slug(country, name):
    known = OPERATORS.get((country, name))
    if known:
        return known
    text = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower())
    return "-".join(part for part in text.split("-") if part)


def wallet(country, operator):
    brand, countries = BRANDS.get(operator, ("", []))
    return WALLETS.get((country, operator)) or (f"{brand}-{country.lower()}" if country in countries else "-")


class Country:
    def __init__(self, code):
        self.code = code
        self.metadata = data = PhoneMetadata.metadata_for_region(code)
        self.calling_code = str(data.country_code)
        self.currency, self.portability, self.name = COUNTRIES[code]
        self.lengths = LENGTHS.get(code) or list(data.mobile.possible_length)
        self.trunk = TRUNK.get(code) or data.national_prefix or "-"
        special = [
            data.premium_rate, data.toll_free, data.shared_cost, data.voip, data.personal_number, data.pager, data.uan,
            data.voicemail,
        ]
        unwanted = set().union(*(self.ways(kind) for kind in special))
        mobile, fixed = self.ways(data.mobile), self.ways(data.fixed_line)
        self.mobile = {length: prefixes(mobile, unwanted, length) for length in self.lengths}
        fixed_lengths = data.fixed_line.possible_length if data.fixed_line else ()
        self.landline = {length: prefixes(fixed, unwanted | mobile, length) for length in fixed_lengths}

    def ways(self, kind):
        return sequences(kind.national_number_pattern) if kind and kind.national_number_pattern else set()

    def carriers(self):
        """Operator's prefixes in the order of the first of each."""
        found = {}
        for number in sorted(key for key in CARRIER_DATA if key.startswith(self.calling_code)):
            name = CARRIER_DATA[number].get("en")
            prefix = number[len(self.calling_code):]
            if name and len(prefix) > 0:
                found.setdefault(slug(self.code, name), []).append(prefix)
        return found


HEAD = '''// swift-format-ignore-file
/// {about}
///
/// Written by `scripts/numbering-plan` from libphonenumber's metadata (Google LLC, Apache License 2.0), read through the PyPI
/// package `phonenumbers` {version}. Operators' and wallets' names, currencies and portability were added by this project.{more}
enum {name} {{
    static let text = """
'''

ABOUT_PLAN = '''///
/// `ported`: numbers can be taken to another operator, or nobody says that they cannot. Togo since May 2024 (regulator,
/// press), Tunisia 2013, Senegal 2015, Ivory Coast 2018, Ghana 2011, Kenya, Cameroon 2017 (press), Benin (libphonenumber).
/// `fixed`: no such service is known. libphonenumber's own flag is not used: it denies what the press dates.
///
/// One line per country: ISO code, calling code, currency, lengths of national mobile numbers, what is written before them
/// within the country (`-`: nothing), portability, name. Below it `mobile` and `landline` with a length of the national
/// number and how such numbers begin, `renumbered` with the length that numbers had once and what stands before them since,
/// and one line per operator: operator, wallet (`-` if none is assumed), prefixes of the national number. `70-73` stands for 70, 71, 72 and 73.'''


def lines(head, texts, width=215):
    """A list under a head, broken into lines that repeat the head."""
    line = head
    for text in texts:
        if len(line) + 1 + len(text) > width:
            yield line
            line = head
        line += " " + text
    yield line


def plan_text(countries):
    for country in countries:
        yield " ".join([
            country.code, country.calling_code, country.currency, ",".join(map(str, country.lengths)), country.trunk,
            country.portability, country.name])
        for kind, by_length in (("mobile", country.mobile), ("landline", country.landline)):
            for length, texts in by_length.items():
                if texts:
                    yield from lines(f"  {kind} {length}", ranges(texts))
        if country.code in RENUMBERED:
            yield "  renumbered %d %s" % RENUMBERED[country.code]
        for operator, texts in country.carriers().items():
            yield from lines(f"  {operator} {wallet(country.code, operator)}", ranges(texts))


def write(path, name, about, more, body):
    text = HEAD.format(about=about, version=phonenumbers.__version__, more=more, name=name)
    path.write_text(text + "".join(f"        {line}\n" for line in body) + '        """\n}\n')


def main():
    root = Path(sys.argv[1])
    countries = [Country(code) for code in COUNTRIES]
    phone = root / "Sources/Router/Phone"
    half = countries.index(next(country for country in countries if country.code == "ID"))
    write(
        phone / "NumberingPlanData.swift", "NumberingPlanData",
        "How mobile numbers begin, and the operators their prefixes were given to.",
        "\n/// A prefix is a hint: numbers are ported.\n" + ABOUT_PLAN, plan_text(countries[:half]))
    write(
        phone / "MoreNumberingPlanData.swift", "MoreNumberingPlanData",
        "The same as ``NumberingPlanData`` for the rest of the countries.", "", plan_text(countries[half:]))
    codes = sorted((str(code), regions[0]) for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items())
    write(
        phone / "CallingCodeData.swift", "CallingCodeData",
        "Every calling code in use, and the (main) country that has it; `001` is no country's.",
        "\n///\n/// Calling code and ISO code, in the order of the calling codes' text.",
        (line[2:] for line in lines("  ", (f"{code} {region}" for code, region in codes), 100)))
    with open(root / "Tests/RouterTests/Fixtures/numbering-plan.tsv", "w") as fixture:
        fixture.write("# country\tcalling code\tcurrency\tnational lengths\tprefix\toperator\twallet\texample\n")
        for country in countries:
            lengths = ",".join(map(str, country.lengths))
            for operator, texts in country.carriers().items():
                for prefix in texts:
                    fixture.write("\t".join([
                        country.code, country.calling_code, country.currency, lengths, prefix, operator,
                        wallet(country.code, operator), country.metadata.mobile.example_number]) + "\n")


main()
