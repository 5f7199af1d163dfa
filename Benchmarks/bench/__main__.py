"""Durable payments per second of the router, beside nginx alone, the bare pipeline, and a Flask handler.

Usage: ./bench [--quick] [--seconds N] [--turns N] [--fill N] [--only FAMILY]... [--json FILE]
       ./bench --micro
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from bench import machine, rows  # noqa: E402
from bench.operators import Operators  # noqa: E402

parser = argparse.ArgumentParser(prog="./bench", description=__doc__.splitlines()[0])
parser.add_argument("binary")
parser.add_argument("--quick", action="store_true", help="two seconds and one turn each, one floor, no filling: two minutes")
parser.add_argument("--seconds", type=int, help="length of each measurement (6)")
parser.add_argument("--turns", type=int, help="turns of what is compared (5)")
parser.add_argument("--fill", type=int, help="payments that the generator puts into the file (1 000 000)")
parser.add_argument("--only", action="append", choices=["payments", "webhooks", "callbacks", "tls", "card", "wallets", "filled", "search", "console"],
                    help="only this family of rows; may be repeated")
parser.add_argument("--json", help="also write every figure there")
bench = parser.parse_args()
for name, usual, quick in (("seconds", 6, 2), ("turns", 5, 1), ("fill", 1_000_000, 0)):
    if getattr(bench, name) is None:
        setattr(bench, name, quick if bench.quick else usual)
try:
    bench.operators = Operators()
    figures = rows.everything(bench)
    if bench.json:
        with open(bench.json, "w") as file:
            json.dump(figures, file, indent=2)
finally:
    machine.end()
