"""What webhooks told."""
from ..shops import ENDED


def events_are_genuine(facts):
    """Events are signed, and come with the same bytes again."""
    return len(facts.told), list(facts.hook_errors)


def every_change_is_one_event(facts):
    """Events have a sequence number that no other of their order has."""
    seen, faults = {}, []
    # A bill is told of among the events of the payment that has paid it.
    places = [(name, event["data"]["id"], event["sequence"]) for name, event in facts.told] + [
        (name, event["data"]["payment"], event["sequence"]) for name, event in facts.bills_told]
    for name, *place in places:
        if seen.setdefault(tuple(place), name) != name:
            faults.append(f"{place} has two events")
    return len(places), faults


def every_end_is_told(facts):
    """Orders that ended, and the last event says so."""
    ended = [order for order in facts.orders.values() if order["status"] in ENDED]
    return len(ended), [f"no webhook told that {order['id']} is {order['status']}" for order in facts.unheard()]


def what_ended_stays_as_it_is(facts):
    """Orders that ended once never say anything else."""
    by_order, faults = {}, []
    for _, event in facts.told:
        by_order.setdefault(event["data"]["id"], []).append(event)
    count = 0
    for name, events in by_order.items():
        states = [event["data"]["status"] for event in sorted(events, key=lambda event: event["sequence"])]
        end = next((state for state in states if state in ENDED), None)
        count += end is not None
        after = states[states.index(end):] if end else []
        now = facts.orders.get(name, {}).get("status", end)
        if end and {*after, now} != {end}:
            faults.append(f"{name} was {end}, then {[*after[1:], now]}")
    return count, faults


CHECKS = [events_are_genuine, every_change_is_one_event, every_end_is_told, what_ended_stays_as_it_is]
