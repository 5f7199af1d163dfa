"""A holder's business wallet that an app is linked to takes in what the app collects, and gives back that and no more."""
import collections


def _went_to(payment):
    return (payment.get("destination") or {}).get("wallet")


def _taken(facts, wallet):
    """What a holder took out of a wallet by code: the orders of the holders' app that draw on it and succeeded."""
    drawn = [order for order in facts.listed if order["status"] == "succeeded" and not order.get("transfer")
             and (order.get("source") or order.get("from") or {}).get("wallet") == wallet]
    return sum(order.get("sender_pays") or order["amount"] for order in drawn)


def linked_wallets_hold_what_was_collected(facts):
    """Lines of linked wallets; they are what the app collected, less its refunds and what the holder took out."""
    faults = []
    for link in facts.links:
        if link.balance is None:
            faults.append(f"{link.wallet} is lost")
            continue
        came = sum(payment["amount_collected"] for payment in link.collected().values())
        gone = sum(refund["amount"] for refund in link.given_back() if refund["status"] == "succeeded")
        taken, posted, sum_ = _taken(facts, link.wallet), link.balance["posted"], 0
        if posted != came - gone - taken:
            faults.append(f"{link.wallet} has {posted}: {came} collected, {gone} given back, {taken} taken out")
        for line in reversed(link.history):
            sum_ += line["amount"]
            if line["balance"] != sum_ or sum_ < 0:
                faults.append(f"{link.wallet} had {sum_} after {line['order']}, which says {line['balance']}")
        if sum_ != posted:
            faults.append(f"{link.wallet} has {posted}, and a history of {sum_}")
    return sum(len(link.history) for link in facts.links), faults


def linked_wallets_give_back_what_was_collected(facts):
    """Refunds out of linked wallets, which shops asked for, and of each payment no more than it brought."""
    faults, count, known = [], 0, {name for asked in facts.asked for name in asked.answers}
    for link in facts.links:
        given, collected = collections.Counter(), link.collected()
        for refund in link.given_back():
            count += refund["status"] == "succeeded"
            given[refund["payment"]] += refund["amount"] if refund["status"] not in ("failed", "cancelled") else 0
            if refund["id"] not in known:
                faults.append(f"nobody asked for {refund['id']} out of {link.wallet}")
        faults += [f"{name} brought {collected[name]['amount_collected']} into {link.wallet}, and {amount} goes back"
                   for name, amount in given.items() if amount > collected[name]["amount_collected"]]
    return count, faults


def ended_links_give_nothing_back(facts):
    """Refunds that were begun after a link had certainly ended; none was refused so while it certainly lasted."""
    faults, count = [], 0
    for link in facts.links:
        collected = link.collected()
        for asked in (one for one in facts.asked if one.kind == "refund" and one.parent in collected):
            refusal = asked.refusal[:2] if asked.refusal else None
            late = link.ended is not None and asked.sent_at > link.ended
            count += late
            if late and (asked.id or refusal != (403, "holder_required")):
                faults.append(f"{asked.label} of {asked.parent} came after the link's end: {asked.id or refusal}")
            if refusal and refusal[1] == "holder_required" and (link.ending is None or asked.answered_at < link.ending):
                faults.append(f"{asked.label} of {asked.parent} was refused though {link.app} was linked")
    return count, faults


def payments_follow_the_link(facts):
    """Payments out of wallets that were begun after a link had ended; those before it went to the linked wallet."""
    faults, count = [], 0
    for link in facts.links:
        by_id = {asked.id: asked for asked in facts.asked if asked.kind == "payment" and asked.app == link.key}
        for payment in link.payments:
            asked, wallet = by_id.get(payment["id"]), _went_to(payment)
            if asked is None:
                faults.append(f"nobody asked for {payment['id']} of {link.app}")
            elif "destination" not in asked.body and (payment["amount_collected"] or payment["status"] == "authorized"):
                late = link.ended is not None and asked.sent_at > link.ended
                count += late
                if wallet not in (None, link.wallet) or (late and wallet):
                    faults.append(f"{payment['id']} went to {wallet}, the link has ended: {late}")
                # Where somebody pays in the end is seen only then.
                lasted = link.ending is None or (asked.seen_at < link.ending and "source" in asked.body)
                if lasted and wallet is None:
                    faults.append(f"{payment['id']} did not go to {link.wallet}")
    return count, faults


def console_forms_work_once(facts):
    """Forms of the console that were sent again after a kill, and others."""
    faults, count = [], 0
    followed = [order for order in facts.orders.values() if order["object"] in ("refund", "capture")]
    followed = {order["id"]: order for order in [*followed, *(one for link in facts.links for one in link.refunds)]}
    for asked in (one for one in facts.asked if one.filled):
        count += any(since for _, _, since in asked.forms)
        made = [order for order in followed.values() if (order.get("metadata") or {}).get("reason") == asked.filled["reason"]]
        names, said = sorted(order["id"] for order in made), f"{asked.label} of {asked.parent}"
        done = sorted({name for status, name, _ in asked.forms if status == 303})
        if len(names) > 1 or (done and names != done) or (names and not done):
            faults.append(f"{said} made {names}, and was answered {asked.forms}")
        first = next((place for place, one in enumerate(asked.forms) if one[0] == 303), len(asked.forms))
        if any(status != 303 for status, _, _ in asked.forms[first:]):
            faults.append(f"{said} was done, and then answered {asked.forms}")
        for order in made:
            told = (order["initiated_by"]["type"], order["amount"], order["payment"])
            if told != ("console", asked.body["amount"], asked.parent):
                faults.append(f"{said} is {order['id']}: {told}")
    return count, faults


CHECKS = [linked_wallets_hold_what_was_collected, linked_wallets_give_back_what_was_collected,
          ended_links_give_nothing_back, payments_follow_the_link, console_forms_work_once]
