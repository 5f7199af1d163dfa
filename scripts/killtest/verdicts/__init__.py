"""Verdicts: functions of the facts, each with what it looked at and what is wrong.

A check answers with a count and a list of faults. Where nothing of its kind happened it could not have failed, so that
is a fault, too, once the run is long enough for it to happen.
"""
import dataclasses

from . import acceptance, bills, configuration, counters, holders, keeping, ledger, linked, money, numbers, returns, reviews, webhooks

CHECKS = [check for part in (
    keeping, money, ledger, holders, linked, bills, numbers, acceptance, counters, returns, reviews, webhooks,
    configuration)
    for check in part.CHECKS]
# From this many kills on, everything must have happened.
ENOUGH_KILLS = 6


@dataclasses.dataclass
class Verdict:
    name: str
    count: int
    faults: list


def judge(facts, kills):
    """All verdicts, in order; `kills` says how long the run was."""
    verdicts = []
    for check in CHECKS:
        try:
            count, faults = check(facts)
        except Exception as error:  # What a check cannot even read is a fault, and the others still have their say.
            count, faults = 1, [f"it could not be judged: {error!r}"]
        name = check.__name__.replace("_", " ")
        if not count and kills >= ENOUGH_KILLS:
            faults = [*faults, f"nothing of this happened: {check.__doc__.splitlines()[0]}"]
        verdicts.append(Verdict(name, count, faults))
    return verdicts
