"""What the router says of payments, held against what the operators executed."""
import collections
import dataclasses
import time

from openloop.load import read_all

from .verdict import Limit

ENDED = ("succeeded", "failed", "cancelled")
MONEY = "no payment lost, executed twice, or called something else than it is"
ENDS = "accepted payments that did not end"


@dataclasses.dataclass
class Facts:
    """Names that callers were told, all orders of the router by name (`None`: not known), and the books."""

    accepted: set
    orders: dict
    movements: list

    def open(self):
        """Orders that still have to end; a page on which nobody chose yet waits rightly."""
        return [name for name, one in self.orders.items()
                if one and one["status"] not in ENDED and (one["attempts"] or name in self.accepted)]

    def with_failure(self, code):
        return [name for name, one in self.orders.items() if one and (one["failure"] or {}).get("code") == code]

    def as_expected(self):
        return [name for name, one in self.orders.items() if one and one["status"] == "succeeded"]


def faults(facts):
    """Everything that is wrong about money, in words; nothing that only takes long."""
    executed = collections.Counter(move["reference"] for move in facts.movements)
    found = [f"{name} is lost" for name in sorted(facts.accepted) if facts.orders.get(name) is None]
    found += [f"{reference} was executed {count} times" for reference, count in executed.items() if count > 1]
    known = set()
    for name, one in facts.orders.items():
        if one is None:
            continue
        references = {attempt["reference"] for attempt in one["attempts"]}
        known |= references
        count = sum(executed[reference] for reference in references)
        if count > 1 and len(references) > 1:
            found.append(f"{name} was executed {count} times over its attempts")
        if one["status"] == "succeeded" and count == 0:
            found.append(f"{name} succeeded without an execution")
        if one["status"] in ("failed", "cancelled") and count:
            found.append(f"{name} is {one['status']}, but was executed")
    return found + [f"{reference} was executed for no order" for reference in executed if reference not in known]


def every_name(router, kind):
    """Names of all payments or payouts that the router lists."""
    names, after = [], ""
    while True:
        page = router.ask("GET", f"/v1/{kind}?limit=100{after}", timeout=60)
        if page.status in (429, 503):
            time.sleep(0.5)
            continue
        names += [one["id"] for one in page.json["data"]]
        if not page.json["has_more"]:
            return names
        after = f"&after={page.json['next_cursor']}"


def gather(router, operators, accepted, patience=30):
    """Waits until every order ended or `patience` seconds passed. Orders are read before the books."""
    until, orders = time.monotonic() + patience, {}
    payouts = set(every_name(router, "payouts"))
    names = set(accepted) | set(every_name(router, "payments")) | payouts
    while True:
        left = [name for name in names if not orders.get(name) or orders[name]["status"] not in ENDED]
        orders.update(read_all(router.port, [name for name in left if name not in payouts]))
        orders.update(read_all(router.port, [name for name in left if name in payouts], kind="payouts"))
        facts = Facts(set(accepted), orders, [])
        if not facts.open() or time.monotonic() > until:
            break
        time.sleep(1)
    facts.movements = operators.movements()
    return facts


def money_limit(subject):
    return Limit(f"{subject}: {MONEY}", "faults", most=0)


def ends_limit(subject):
    return Limit(f"{subject}: {ENDS}", "payments", most=0)


def judge_money(limit, facts):
    """A run in which nothing was accepted shows nothing."""
    found = faults(facts)
    return limit.judge(len(found) if facts.accepted else None, "; ".join(found[:3]))


def judge_ends(limit, facts):
    open_ones = facts.open()
    states = collections.Counter(facts.orders[name]["status"] for name in open_ones)
    return limit.judge(len(open_ones) if facts.accepted else None, ", ".join(f"{n} {s}" for s, n in states.items()))


def _made_up(status="succeeded", reference="r1", movements=("r1",), accepted=("p1",), known=True):
    one = {"id": "p1", "status": status, "failure": None, "attempts": [{"reference": reference}]}
    return Facts(set(accepted), {"p1": one if known else None}, [{"reference": name} for name in movements])


def _twice_over_attempts():
    facts = _made_up(movements=("r1", "r2"))
    facts.orders["p1"]["attempts"].append({"reference": "r2"})
    return facts


# Facts with one fault each, which `faults` has to find; the first has none.
PLANTED = (
    ("a payment that is lost", lambda: _made_up(known=False, movements=()), 1),
    ("a reference executed twice", lambda: _made_up(movements=("r1", "r1")), 1),
    ("two attempts of one payment executed", _twice_over_attempts, 1),
    ("succeeded without an execution", lambda: _made_up(movements=()), 1),
    ("failed, but executed", lambda: _made_up("failed"), 1),
    ("cancelled, but executed", lambda: _made_up("cancelled"), 1),
    ("money moved that no order knows", lambda: _made_up(movements=("r1", "r9")), 1),
)
