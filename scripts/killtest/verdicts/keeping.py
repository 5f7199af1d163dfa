"""What was acknowledged is kept, once, and ends."""


def acknowledged_orders_are_kept(facts):
    """Orders that a shop saw are there, after every kill."""
    seen = {name for asked in facts.asked for name in asked.answers if asked.kind != "capture"}
    return len(seen), [f"{name} is lost" for name in sorted(seen & set(facts.missing))]


def one_key_made_one_order(facts):
    """Keys that were sent more than once stand for one order."""
    faults, repeated = [], [asked for asked in facts.asked if asked.sends > 1]
    for asked in repeated:
        made = asked.answers | (set(facts.by_key.get(asked.key, [])) if asked.kind != "capture" else set())
        if len(made) > 1:
            faults.append(f"one key made {sorted(made)} ({asked.label})")
    return len(repeated), faults


def refusals_have_a_reason(facts):
    """What was asked for is refused only where the shop expects it, and leaves no order."""
    faults = []
    for asked in facts.asked:
        if asked.refusal and asked.refusal[1] not in asked.allowed:
            faults.append(f"{asked.label} was refused: {asked.refusal}")
        if asked.refusal and facts.by_key.get(asked.key):
            faults.append(f"{asked.label} was refused ({asked.refusal[1]}), but is {facts.by_key[asked.key]}")
    return len(facts.asked), faults


def every_order_ends(facts):
    """Orders are final, or wait for people or for their shop."""
    waiting = [order for order in facts.orders.values() if facts.waits(order)]
    faults = [f"{order['id']} is still {order['status']} ({_label(facts, order)})" for order in waiting]
    for order in facts.orders.values():
        # A payment is under review with its capture, a transfer with one of its orders.
        parts = [*order.get("related", []), *order.get("legs", [])]
        reviewed = [order, *(one for one in parts if one["status"] == "under_review")]
        if order["status"] == "under_review" and not order["review"] and len(reviewed) == 1:
            faults.append(f"{order['id']} is under review for no reason")
    return len(facts.orders) - len(waiting), faults


def _label(facts, order):
    asked = facts.asked_of(order)
    return asked.label if asked else order["object"]


def nothing_broke(facts):
    """The test's own parts and the router's end."""
    return 1, list(facts.accidents)


CHECKS = [acknowledged_orders_are_kept, one_key_made_one_order, refusals_have_a_reason, every_order_ends, nothing_broke]
