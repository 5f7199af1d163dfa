"""What an order says of its money is what the books say."""
import collections


def nothing_was_executed_twice(facts):
    """Movements have a reference that no other of their operator and kind has."""
    counts = collections.Counter((move["operator"], move["kind"], move["reference"]) for move in facts.movements)
    return len(facts.movements), [f"{name} was executed {count} times" for name, count in counts.items() if count > 1]


def every_movement_has_its_order(facts):
    """Movements belong to orders that the router shows; what a payer sent without being asked, perhaps to people."""
    claimed = {id(move) for order in facts.orders.values() for move in facts.moves(order)}
    return len(facts.movements), [
        f"{move['kind']} {move['reference']} of {move['operator']} belongs to no order" for move in facts.movements
        if id(move) not in claimed and move["reference"] not in facts.unmatched]


def _executed_as_asked(facts, kind):
    """One movement of the amount for each order of a kind that succeeded."""
    faults, orders = [], [
        order for order in facts.orders.values() if order["object"] == kind and order["status"] == "succeeded"
        # What our own ledger settles stands in no operator's books.
        and order["channel"] != "wallet"]
    for order in orders:
        amount = order["amount_collected"] if kind == "payment" else order["amount"]
        moved = [(move["amount"], move["currency"]) for move in facts.moves(order)]
        if moved != [(amount, order["currency"])]:
            faults.append(f"{order['id']} succeeded with {amount} {order['currency']}, but the books hold {moved}")
    return len(orders), faults


def succeeded_payments_were_executed(facts):
    """Payments that succeeded."""
    return _executed_as_asked(facts, "payment")


def succeeded_payouts_were_executed(facts):
    """Payouts that succeeded."""
    return _executed_as_asked(facts, "payout")


def succeeded_refunds_were_executed(facts):
    """Refunds that succeeded."""
    return _executed_as_asked(facts, "refund")


def succeeded_captures_were_executed(facts):
    """Captures that succeeded."""
    return _executed_as_asked(facts, "capture")


def failed_orders_were_not_executed(facts):
    """Orders that failed, were cancelled, or only hold money."""
    faults, orders = [], [
        order for order in facts.orders.values() if order["status"] in ("failed", "cancelled", "authorized")
        # A failed follow-up of an operator that books it under its payment's name says nothing by itself.
        and not (order["object"] in ("refund", "capture") and order["channel"] == "flouci")]
    for order in orders:
        moved = [move["amount"] for move in facts.moves(order)]
        if moved:
            faults.append(f"{order['id']} is {order['status']}, but the books hold {moved}")
    return len(orders), faults


def live_orders_moved_money_once(facts):
    """Orders that may have been executed, were so at most once."""
    faults = []
    for order in facts.orders.values():
        moved = [move["amount"] for move in facts.moves(order)] if order["object"] != "transfer" else []
        if len(moved) > 1 or any(amount > order["amount"] for amount in moved):
            faults.append(f"{order['id']} of {order['amount']} moved {moved}")
    return len(facts.orders), faults


def pages_taken_back_moved_nothing(facts):
    """Pages that their operator ended at our wish; what was paid before is no such page."""
    faults, count = [], 0
    for order in facts.orders.values():
        gone = [attempt["reference"] for attempt in order.get("attempts", []) if attempt["state"] == "voided"]
        count += len(gone)
        faults += [f"{order['id']}: the page {name} was taken back, but the books hold a payment on it" for name in gone
                   if any(move["reference"] == name for move in facts.moves(order))]
    return count, faults


CHECKS = [nothing_was_executed_twice, every_movement_has_its_order, succeeded_payments_were_executed,
          succeeded_payouts_were_executed, succeeded_refunds_were_executed, succeeded_captures_were_executed,
          failed_orders_were_not_executed, live_orders_moved_money_once, pages_taken_back_moved_nothing]
