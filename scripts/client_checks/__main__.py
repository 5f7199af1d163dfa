"""Runs every part and prints how many checks passed."""

import argparse
import os
import re
import subprocess
import sys

from . import ksher, momo, stripe_events, stripe_new, webhooks
from .checks import Checks
from .receiver import Receiver
from .running import Router


def old_stripe(checks, router, python):
    """The old Stripe library needs an interpreter of its own."""
    run = subprocess.run(
        [python, "-m", "client_checks.stripe_old", router.sandbox + "/card"],
        env=os.environ, capture_output=True, text=True, timeout=300,
    )
    sys.stderr.write(run.stderr)
    counted = re.search(r"^(\d+) passed, (\d+) failed$", run.stdout, re.MULTILINE)
    if not counted:
        return checks.fail("old_stripe", f"it ended with {run.returncode}: {run.stdout} {run.stderr}")
    print(run.stdout.replace(counted.group(0), "").strip(), flush=True)
    checks.passed += int(counted.group(1))
    checks.failed += int(counted.group(2))


def main():
    options = argparse.ArgumentParser(prog="scripts/clients")
    options.add_argument("--binary", required=True)
    options.add_argument("--old-python", required=True)
    options.add_argument("--only", action="append", help="a part: stripe, stripe-old, events, momo, webhooks, ksher")
    given = options.parse_args()
    router, receiver = Router(given.binary), Receiver()
    parts = {
        "stripe": lambda checks: stripe_new.run(checks, router.sandbox + "/card"),
        "stripe-old": lambda checks: old_stripe(checks, router, given.old_python),
        "events": lambda checks: stripe_events.run(checks, router, receiver),
        "momo": lambda checks: momo.run(checks, router),
        "webhooks": lambda checks: webhooks.run(checks, router, receiver),
        "ksher": lambda checks: ksher.run(checks, router),
    }
    passed = failed = 0
    try:
        for name, part in parts.items():
            if given.only and name not in given.only:
                continue
            checks = Checks(name)
            checks.group(part)
            print(f"{name}: {checks.passed} passed, {checks.failed} failed", flush=True)
            passed += checks.passed
            failed += checks.failed
    finally:
        receiver.close()
        router.close()
    if failed:
        print(f"clients: {failed} of {passed + failed} failed", file=sys.stderr)
        sys.exit(1)
    print(f"clients: {passed} passed")


main()
