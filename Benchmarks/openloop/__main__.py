"""Offers payments to a router at a constant rate, or from callers that wait, and prints figures as JSON.

Usage: python3 Benchmarks/openloop --port PORT (--rate N | --callers N) [--seconds N] [--reads N] [--bound N]
       [--sources N] [--ids FILE] [--read-ids FILE]
"""
import argparse
import json
import pathlib
import resource
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from openloop.load import Load, TRIES  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog="python3 Benchmarks/openloop", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--rate", type=float, help=f"arrivals per second; a refused one returns at most {TRIES - 1} times")
    how.add_argument("--callers", type=int, help="callers that wait for their answer")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--reads", type=float, default=0, help="reads of single payments per second beside them")
    parser.add_argument("--bound", type=int, default=1_000, help="connections at most, with --rate")
    parser.add_argument("--sources", type=int, default=1, help="addresses 127.0.0.1... that callers come from")
    parser.add_argument("--timeout", type=float, default=30, help="seconds until a caller hears no more")
    parser.add_argument("--key", default="sk_sandbox_demo")
    parser.add_argument("--ids", default=None, help="a file to add the names of accepted payments to")
    parser.add_argument("--read-ids", default=None, help="a file with names of payments to read")
    options = parser.parse_args()
    if options.seconds <= 0 or (options.rate or options.callers) <= 0 or not 1 <= options.sources <= 250:
        parser.error("seconds, rate and callers are above 0, sources from 1 to 250")
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
    known = open(options.read_ids).read().split() if options.read_ids else ()
    load = Load(options.port, options.seconds, options.rate, options.callers, options.reads, known, options.bound,
                options.sources, options.timeout, options.key)
    processor = time.process_time()
    figures = load.run().figures()
    figures["own_processor_seconds"] = round(time.process_time() - processor, 3)
    if options.ids:
        with open(options.ids, "a") as file:
            file.writelines(f"{name}\n" for name in load.ids)
    json.dump(figures, sys.stdout)
    print()


if __name__ == "__main__":
    main()
