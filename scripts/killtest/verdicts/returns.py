"""Nobody gets back more than was collected, and nothing is collected twice of what is held."""


def _refunds(facts, payment):
    return [order for order in facts.orders.values()
            if order["object"] == "refund" and order["payment"] == payment["id"]]


def refunds_stay_within_what_was_collected(facts):
    """Payments of which the books gave something back."""
    faults, count = [], 0
    for payment in facts.orders.values():
        if payment["object"] != "payment":
            continue
        collected = sum(move["amount"] for move in facts.moves(payment))
        moves = {id(move): move["amount"] for refund in _refunds(facts, payment) for move in facts.moves(refund)}
        count += bool(moves)
        if sum(moves.values()) > collected:
            faults.append(f"{payment['id']} collected {collected}, but gave back {sum(moves.values())}")
    return count, faults


def refunded_amounts_add_up(facts):
    """Payments with refunds say how much was given back."""
    faults, count = [], 0
    for payment in facts.orders.values():
        refunds = _refunds(facts, payment) if payment["object"] == "payment" else []
        count += bool(refunds)
        given = sum(refund["amount"] for refund in refunds if refund["status"] == "succeeded")
        held = sum(refund["amount"] for refund in refunds if refund["status"] not in ("failed", "cancelled"))
        if refunds and (payment["amount_refunded"] != given or held > payment["amount_collected"]):
            faults.append(f"{payment['id']}: {payment['amount_collected']} collected, {given} given back, {held} with "
                          f"what is under way, but it says {payment['amount_refunded']}")
    return count, faults


def too_much_is_refused(facts):
    """Refunds asked for beside others that left too little; counted are the refused ones."""
    # Whether a holder's wallet had the money, and had to give it, is looked at elsewhere.
    refused = [asked for asked in facts.asked if asked.kind == "refund" and asked.refusal
               and asked.refusal[1] not in ("holder_required", "insufficient_funds")]
    faults = []
    for asked in refused:
        payment = facts.orders.get(asked.parent, {})
        # Whatever was held when it was refused may have been given free since; together they never fit.
        beside = [other.body["amount"] for other in facts.asked if other.parent == asked.parent and other is not asked]
        if payment and asked.body["amount"] + sum(beside) <= payment["amount_collected"]:
            faults.append(f"{asked.label} of {asked.parent} was refused though everything fits")
    return len(refused), faults


def holds_are_collected_once(facts):
    """Held payments that were captured twice at once, or captured and cancelled."""
    faults, count = [], 0
    for payment in facts.orders.values():
        competing = [asked for asked in facts.asked if asked.kind == "capture" and asked.parent == payment["id"]]
        if not competing:
            continue
        count += 1
        moved = [move["amount"] for move in facts.moves(payment)]
        captured = [one for one in payment.get("related", [])
                    if (one["object"], one["status"]) == ("capture", "succeeded")]
        if len(moved) > 1 or len(captured) > 1 or (payment["status"] == "cancelled" and moved):
            faults.append(f"{payment['id']} is {payment['status']}, {len(captured)} captures, the books hold {moved}")
        if sum(moved) not in [0, *(asked.body["amount"] for asked in competing)]:
            faults.append(f"{payment['id']} collected {moved}, which nobody asked for")
    return count, faults


CHECKS = [refunds_stay_within_what_was_collected, refunded_amounts_add_up, too_much_is_refused,
          holds_are_collected_once]
