"""What was begun behind a static QR code is the amount typed there, for whom the code is of."""


def counters_take_what_was_typed(facts):
    """Payments that payers began at a counter."""
    faults, begun = [], [(asked, facts.orders[asked.id]) for asked in facts.asked
                         if asked.counter and asked.id in facts.orders]
    for asked, order in begun:
        wallet = (order.get("destination") or {}).get("wallet")
        if (order["amount"], order["description"]) != (asked.body["amount"], asked.body["description"]):
            faults.append(f"{order['id']} is not what was typed")
        if (wallet or "app") != asked.counter:
            faults.append(f"{order['id']} goes to {wallet}, and the code is of {asked.counter}")
        if order["metadata"].get("source") != "static_qr":
            faults.append(f"{order['id']} does not say where it comes from")
        if order["acceptance"] is not None:
            faults.append(f"{order['id']} waits for a shop that agreed before")
    return len(begun), faults


CHECKS = [counters_take_what_was_typed]
