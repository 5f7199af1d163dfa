"""Codes work once, and holders' wallets hold what their histories add up to."""
import collections

# Why a right code may still allow nothing.
EXCUSED = ("used", "paid", "being_paid", "deleted", "payment_state_conflict", "insufficient_funds",
           "wallet_limit_reached")


def codes_work_once(facts):
    """Codes that several calls came with at once."""
    shared = [code for code in facts.codes if code.calls > 1]
    return len(shared), [f"a code of {code.holder.username} for {code.purpose} led to {sorted(code.led_to)}"
                         for code in facts.codes if len(code.led_to) > 1]


def used_codes_led_to_something(facts):
    """Codes that were refused because they had been used."""
    used = [code for code in facts.codes if "used" in code.reasons]
    return len(used), [f"a code of {code.holder.username} for {code.purpose} is used, and nothing came of it"
                       for code in used if not code.led_to]


def codes_are_taken(facts):
    """Codes that were typed as they were sent; only another call, the bill or the balance keeps them from working."""
    tried = [code for code in facts.codes if code.calls]
    return len(tried), [f"a code of {code.holder.username} for {code.purpose} was refused as {reason}"
                        for code in tried for reason in code.reasons if reason not in EXCUSED]


def calls_are_repeated_with_their_code(facts):
    """Calls of holders that were made again after a kill, with the code that they had used up."""
    repeated = [asked for asked in facts.asked if asked.repeats]
    return sum(any(answer[3] for answer in asked.repeats) for asked in repeated), [
        f"{asked.id} ({asked.label}) was asked for again and answered {answer}" for asked in repeated
        for answer in asked.repeats if answer[0] >= 300 or answer[1] != asked.id]


def money_leaves_holders_by_code(facts):
    """Lines of histories with which money left, and every order of the holders' app.

    An app may give back out of the wallet that it is linked to what it collected there, and that is all.
    """
    coded = {name for code in facts.codes for name in code.led_to}
    left = [(holder, line, set()) for holder in facts.holders for line in holder.history] + [
        (link.holder, line, {refund["id"] for refund in link.given_back()})
        for link in facts.links for line in link.history]
    left = [one for one in left if one[1]["amount"] < 0]
    faults = [f"{-line['amount']} left {holder.username} for {line['order']} without a code"
              for holder, line, given in left if not coded & {line["order"], line["transfer"]}
              and not (line["category"] == "refund" and line["order"] in given)]
    wallets = {holder.wallet["id"] for holder in facts.holders if holder.wallet} | {
        link.wallet for link in facts.links}
    known = {asked.id for asked in facts.asked if asked.id} | coded
    for order in facts.listed:
        source = (order.get("source") or order.get("from") or {}).get("wallet")
        names = {order["id"], order.get("transfer")}
        if not names & known:
            faults.append(f"nobody asked for {order['id']}, which is {order['status']}")
        elif source in wallets and not names & coded:
            faults.append(f"{order['id']} takes out of {source} without a code")
    faults += [f"{order['id']} takes out of {order['source']['wallet']} without a code" for order in facts.orders.values()
               if (order.get("source") or {}).get("wallet") in wallets
               and not {order["id"], order.get("transfer")} & coded and order["status"] not in ("failed", "cancelled")]
    return len(left), faults


def shops_are_paid_by_one_holder(facts):
    """Payments of shops that holders paid, of two who tried at once."""
    paid, wallets = [asked for asked in facts.asked if asked.payers], {
        holder.username: holder.wallet["id"] for holder in facts.holders if holder.wallet}
    faults = []
    for asked in paid:
        order = facts.orders.get(asked.id, {})
        source = (order.get("source") or {}).get("wallet")
        if [wallets.get(name) for name in asked.payers] != [source] or order.get("status") != "succeeded":
            faults.append(f"{asked.payers} were told that they paid {asked.id}, which is {order.get('status')} "
                          f"out of {source}")
    return len(paid), faults


def histories_add_up(facts):
    """Holders, by the lines of their histories, newest first."""
    faults, balances = [], {wallet["id"]: wallet["balance"] for wallet in facts.wallets}
    for holder in facts.holders:
        if not holder.wallet:
            faults.append(f"{holder.username} is lost")
            continue
        posted, sum_ = balances.get(holder.wallet["id"], {}).get("posted"), 0
        for line in reversed(holder.history):
            sum_ += line["amount"]
            if line["balance"] != sum_ or sum_ < 0:
                faults.append(f"{holder.username} had {sum_} after {line['order']}, which says {line['balance']}")
        if not sum_ == posted == holder.wallet["balance"]["posted"] or holder.wallet["balance"]["available"] < 0:
            faults.append(f"{holder.username} has {holder.wallet['balance']}, {posted} as the app sees it, "
                          f"and a history of {sum_}")
    return len(facts.holders), faults


def histories_name_orders_once(facts):
    """Lines of histories; one order has one line of a kind in each."""
    faults, count = [], 0
    for holder in facts.holders:
        lines = collections.Counter((line["order"], line["category"]) for line in holder.history)
        count += len(holder.history)
        faults += [f"{holder.username} has {many} lines of {name}" for name, many in lines.items() if many > 1]
    return count, faults


def movements_are_told(facts):
    """Lines of histories of which a message told their holder."""
    untold = facts.untold()
    count = sum(len(holder.history) for holder in facts.holders)
    return count, [f"nobody told {holder.username} of {line['order']}" for holder, line in untold]


CHECKS = [codes_work_once, codes_are_taken, used_codes_led_to_something, calls_are_repeated_with_their_code,
          money_leaves_holders_by_code, shops_are_paid_by_one_holder, histories_add_up, histories_name_orders_once,
          movements_are_told]
