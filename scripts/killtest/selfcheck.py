"""Whether the verdicts can fail: made-up facts with one planted fault each; and whether orders can end in time."""
import json
import pathlib

from shipped import written_out

from .facts import Facts
from .madeup import made_up
from .planted import PLANTED
from .run import PATIENCE
from .verdicts import CHECKS, ENOUGH_KILLS, judge
from .world import hurried


def self_check():
    """Feeds every check its faults and says what went unnoticed; whether nothing did."""
    wrong = [f"clean facts: {verdict.name}: {fault}" for verdict in judge(made_up().facts, ENOUGH_KILLS)
             for fault in verdict.faults]
    names = {check.__name__.replace("_", " ") for check in CHECKS}
    for check, fault, plant in PLANTED:
        made = made_up()
        plant(made)
        found = {verdict.name for verdict in judge(made.facts, ENOUGH_KILLS) if verdict.faults}
        if check not in found:
            wrong.append(f"{check} did not see: {fault} (seen by {sorted(found)})")
    wrong += [f"no fault is planted for: {name}" for name in sorted(names - {check for check, _, _ in PLANTED})]
    # What did not happen was not tested, which only a short run may say without a fault.
    for verdict in judge(Facts([], {}), ENOUGH_KILLS):
        if not verdict.faults and verdict.name != "nothing broke":
            wrong.append(f"{verdict.name} is content with nothing")
    wrong += [f"{verdict.name} wants more of a short run" for verdict in judge(Facts([], {}), 1) if verdict.faults]
    # Whatever happens at an operator is asked about, several times, while the test still waits.
    providers = hurried(written_out())["providers"]
    wrong += [f"{provider['id']} is asked about too late for this test" for provider in providers
              if max(provider.get("contract", {}).get("check_every_milliseconds", [0])) > PATIENCE * 1_000 / 4]
    for line in wrong:
        print("fault:", line)
    total = len(PLANTED) + 2 * len(names) + 1 + len(providers)
    print(f"{total - len(wrong)} passed, {len(wrong)} failed")
    return not wrong
