"""A bill is paid once, or taken back, and never both."""

# What counts as having paid.
PAID = ("succeeded", "authorized")


def _payments(facts, bill):
    """The payments that succeeded of those that somebody asked for to pay a bill."""
    asked = {one.id for one in facts.asked if one.bill == bill.id and one.id in facts.orders}
    return sorted(name for name in asked if facts.orders[name]["status"] in PAID)


def bills_are_kept(facts):
    """Bills that somebody saw, each under one key."""
    faults = [f"{bill.id} is lost" for bill in facts.bills if bill.shown is None]
    faults += [f"one key made {sorted(bill.answers)}" for bill in facts.bills if len(bill.answers) > 1]
    return len(facts.bills), faults


def bills_are_paid_once(facts):
    """Bills that several people tried to pay at once; the bill names the one who did."""
    faults, contested = [], [bill for bill in facts.bills if bill.payers > 1]
    for bill in facts.bills:
        paid, shown = _payments(facts, bill), bill.shown or {"state": None, "payment": None}
        said = f"{bill.id} is {shown['state']} by {shown['payment']}, but {paid} succeeded"
        if len(paid) > 1 or (shown["state"] == "paid") != bool(paid) or (paid and shown["payment"] != paid[0]):
            faults.append(said)
    return len(contested), faults


def bills_that_are_paid_are_told_once(facts):
    """Bills that a payment has paid: one event says so, and names the payment."""
    paid = {bill.id: bill.shown["payment"] for bill in facts.bills if (bill.shown or {}).get("state") == "paid"}
    heard = {}
    for name, event in facts.bills_told:
        heard.setdefault(event["data"]["id"], {})[name] = event["data"]
    faults = [f"{bill} was told {len(events)} times" for bill, events in heard.items() if len(events) > 1]
    for bill, events in heard.items():
        faults += [f"{bill} was told as {one['state']} by {one['payment']}, and is paid by {paid.get(bill)}"
                   for one in events.values() if (one["state"], one["payment"]) != ("paid", paid.get(bill))]
    faults += [f"nobody was told that {bill} is paid" for bill in paid if bill not in heard]
    return len(paid), faults


def bills_taken_back_stay_unpaid(facts):
    """Bills that their issuer took back."""
    faults, count = [], 0
    for bill in facts.bills:
        state = (bill.shown or {}).get("state")
        count += state == "deleted"
        if state == "deleted" and _payments(facts, bill):
            faults.append(f"{bill.id} was taken back, but {_payments(facts, bill)} succeeded")
        if 200 in bill.deletions and state != "deleted":
            faults.append(f"{bill.id} was taken back, and is {state}")
        faults += [f"taking {bill.id} back was answered {status}" for status in bill.deletions
                   if status not in (200, 409)]
    return count, faults


def bills_that_are_paid_refuse_others(facts):
    """Payers who were refused because somebody else had paid, or was about to."""
    late = [asked for asked in facts.asked if asked.bill and asked.refusal and asked.refusal[1] == "bill_unpayable"]
    bills = {bill.id: bill for bill in facts.bills}
    faults = []
    for asked in late:
        others = [one for one in facts.asked if one.bill == asked.bill and one is not asked and one.id]
        if not others and 200 not in bills[asked.bill].deletions:
            faults.append(f"{asked.label} of {asked.bill} was refused, though nobody else paid")
    return len(late), faults


def money_from_menus_is_kept(facts):
    """Payers who typed a bill's code in an operator's own menu: their money is a payment of it, or waits for people."""
    faults, begun = [], [asked for asked in facts.asked if asked.menu]
    moved = {move["reference"] for move in facts.movements}
    for asked in begun:
        order = facts.orders.get(asked.id)
        if asked.menu not in moved:
            faults.append(f"{asked.menu} is in no book")
        if order and asked.menu in facts.unmatched:
            faults.append(f"{asked.menu} is {asked.id}, and waits for people all the same")
        if order and (order["bill"], order["amount"]) != (asked.bill, asked.body["amount"]):
            faults.append(f"{asked.menu} is {asked.id} of {order['amount']} for {order['bill']}, not for {asked.bill}")
        if not order and asked.menu not in facts.unmatched:
            faults.append(f"{asked.menu} is neither a payment nor with people")
    return len(begun), faults


CHECKS = [bills_are_kept, bills_are_paid_once, bills_that_are_paid_are_told_once, bills_taken_back_stay_unpaid,
          bills_that_are_paid_refuse_others, money_from_menus_is_kept]
