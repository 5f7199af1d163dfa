"""One order number, one order, unless it is repeated by name."""
import itertools
import math

from ..clock import milliseconds
from ..shops import ENDED


def _groups(facts, kind):
    """The accepted orders of each order number, oldest first."""
    groups = {}
    for asked in facts.asked:
        if asked.kind == kind and asked.group and asked.id in facts.orders:
            groups.setdefault(asked.group, {})[asked.id] = facts.orders[asked.id]
    return {number: sorted(orders.values(), key=lambda order: (order["created_at"], order["id"]))
            for number, orders in groups.items()}


def _refused(facts, kind, code, named):
    return [asked for asked in facts.asked if asked.kind == kind and asked.group and asked.refusal
            and asked.refusal[1] == code and bool(asked.repeat_of) == named]


def _chain(order, orders):
    """The orders that an order repeats, by name, one through the other."""
    names = []
    while order.get("repeat_of") and order["repeat_of"] not in names:
        names.append(order["repeat_of"])
        order = orders.get(order["repeat_of"], {})
    return names


def _ends(facts):
    """When each order ended, by the first event that says so."""
    ends = {}
    for _, event in facts.told:
        if event["data"]["status"] in ENDED:
            name, at = event["data"]["id"], milliseconds(event["timestamp"])
            ends[name] = min(at, ends.get(name, at))
    return ends


def _seen(facts, order):
    """When an order certainly was there: its shop or its operator knew it.

    The time it bears is read before its commit, and on a busy machine long before.
    """
    times = [facts.asked_of(order).seen_at, *(milliseconds(move["executed_at"]) for move in facts.moves(order))]
    times += [milliseconds(step["at"]) for attempt in order["attempts"] for step in attempt.get("history", [])
              if step["state"] not in ("prepared", "sending")]
    return min((time for time in times if time), default=math.inf)


def _exclude(facts, kind):
    """Pairs of one order number of which the later was let in though the earlier kept it out.

    An end bears a time from before its commit, so whatever was seen earlier than that was let in before the end.
    """
    ends, faults = _ends(facts), []
    for number, orders in _groups(facts, kind).items():
        for earlier, later in itertools.combinations(orders, 2):
            end = ends.get(earlier["id"])
            was_open = end is None or end > _seen(facts, later)
            executed = kind == "payout" and facts.moves(earlier)
            if (was_open or executed) and earlier["id"] not in _chain(later, {one["id"]: one for one in orders}):
                faults.append(f"{later['id']} was accepted beside {earlier['id']} ({earlier['status']}) of {number}")
    return len(_refused(facts, kind, "possible_duplicate", False)), faults


def payment_numbers_exclude(facts):
    """Payments of one order number while an earlier one is open; counted are the refused ones."""
    return _exclude(facts, "payment")


def payout_numbers_exclude(facts):
    """Payouts of one order number while an earlier one is open or was executed; counted are the refused ones."""
    return _exclude(facts, "payout")


def payouts_are_repeated_once_by_name(facts):
    """Executed payouts that were named twice at once; one repetition was made, and only after a success."""
    faults = []
    for number, orders in _groups(facts, "payout").items():
        by_id = {order["id"]: order for order in orders}
        executed = [order for order in orders if facts.moves(order)]
        names = [order["repeat_of"] for order in executed]
        for name in set(names):
            if names.count(name) > 1:
                faults.append(f"{number}: {names.count(name)} were executed as repetitions of {name or 'nothing'}")
        for order in orders:
            named = by_id.get(order["repeat_of"])
            if order["repeat_of"] and (named is None or named["status"] != "succeeded"):
                faults.append(f"{order['id']} repeats {order['repeat_of']}, which did not succeed")
    return len(_refused(facts, "payout", "invalid_repeat", True)), faults


def payments_are_repeated_by_name(facts):
    """Payments that repeat one under review, which gets a wish to cancel."""
    faults, count = [], 0
    for orders in _groups(facts, "payment").values():
        by_id = {order["id"]: order for order in orders}
        for order in orders:
            if not order["repeat_of"]:
                continue
            count += 1
            named = by_id.get(order["repeat_of"])
            if not (named and named["cancel_requested"]):
                faults.append(f"{order['id']} repeats {order['repeat_of']}, which has no wish to cancel")
    return count, faults


def duplicates_name_the_order(facts):
    """Refused duplicates, which name an order of the same number."""
    faults, count = [], 0
    groups = {kind: _groups(facts, kind) for kind in ("payment", "payout")}
    for asked in facts.asked:
        if asked.group and asked.refusal and asked.refusal[1] == "possible_duplicate":
            count += 1
            if asked.refusal[2] not in [order["id"] for order in groups[asked.kind].get(asked.group, [])]:
                faults.append(f"a duplicate of {asked.group} names {asked.refusal[2]}")
    return count, faults


CHECKS = [payment_numbers_exclude, payout_numbers_exclude, payouts_are_repeated_once_by_name,
          payments_are_repeated_by_name, duplicates_name_the_order]
