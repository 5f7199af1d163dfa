"""Which movements of the operators' books belong to which order."""

# What an order moves. A refund without an operator's refund is a payout to the payer.
KINDS = {"payment": ("collect",), "payout": ("payout",), "refund": ("refund", "payout"), "capture": ("collect",),
         "void": (), "transfer": ()}


def names_of(order, form=None, parent=None, related=()):
    """Every reference under which an order's money can stand in the books.

    `form` is the id that came with a typed code, `parent` the payment of a refund or capture, `related` the orders that
    belong to a payment, of which captures collect for it.
    """
    names = {form} if form else set()
    for attempt in order.get("attempts", []):
        names.add(attempt["reference"])
        if attempt["channel"] == "flouci-code":
            # A code's payment is named by the operator, which makes the name of these.
            names.add(f"P-{attempt['reference'][:40]}-{order['amount']}")
    if order["object"] in ("refund", "capture") and order["channel"] == "flouci" and parent:
        # Whatever follows a payment there stands under the payment's reference.
        names |= {attempt["reference"] for attempt in parent["attempts"]}
    for other in related:
        if other["object"] == "capture":
            names |= {attempt["reference"] for attempt in other["attempts"]}
    return names
