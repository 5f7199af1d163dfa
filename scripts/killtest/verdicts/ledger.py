"""Wallets, transfers, and the ledger behind them."""
import collections


def _transfers(facts, *statuses):
    return [order for order in facts.orders.values()
            if order["object"] == "transfer" and (not statuses or order["status"] in statuses)]


def _moved(facts, transfer, role):
    """What the books moved for the orders of a transfer in one role."""
    legs = [facts.orders[leg["id"]] for leg in transfer["legs"] if leg["role"] == role and leg["id"] in facts.orders]
    return sum(move["amount"] for leg in legs for move in facts.moves(leg))


def transfers_reach_both_sides_or_none(facts):
    """Transfers between operators, or between an operator and a wallet, that ended."""
    faults, count = [], 0
    for transfer in _transfers(facts, "succeeded", "failed", "cancelled"):
        debit, credit, back = (_moved(facts, transfer, role) for role in ("debit", "credit", "compensation"))
        wanted = (transfer["sender_pays"] if transfer["from"].get("channel") else 0,
                  transfer["recipient_gets"] if transfer["to"].get("channel") else 0)
        if wanted == (0, 0):
            continue
        count += 1
        said = f"{transfer['id']} is {transfer['status']}, but the books took {debit}, paid {credit}, gave back {back}"
        if transfer["status"] == "succeeded" and (debit, credit, back) != (*wanted, 0):
            faults.append(said)
        if transfer["status"] != "succeeded" and (credit or debit != back):
            faults.append(said)
    return count, faults


def no_transfer_is_paid_out_and_given_back(facts):
    """Transfers whose sender's operator was asked for money."""
    faults, transfers = [], [one for one in _transfers(facts) if any(leg["role"] == "debit" for leg in one["legs"])]
    for transfer in transfers:
        debit, credit, back = (_moved(facts, transfer, role) for role in ("debit", "credit", "compensation"))
        if credit and back:
            faults.append(f"{transfer['id']} paid {credit} and gave {back} back")
        if (credit or back) and not debit:
            faults.append(f"{transfer['id']} moved {credit or back} that nobody had paid")
    return len(transfers), faults


def wallets_have_what_came_less_what_went(facts):
    """Wallets, by the orders that name them."""
    posted, held = collections.Counter(), collections.Counter()
    for order in facts.orders.values():
        if order.get("transfer"):
            continue
        done, open_ = order["status"] == "succeeded", order["status"] not in ("succeeded", "failed", "cancelled")
        source, target = (order.get("source") or {}).get("wallet"), (order.get("destination") or {}).get("wallet")
        amount = taken = order["amount"]
        if order["object"] == "payment":
            amount = order["amount_collected"] - order["amount_refunded"]
            done, open_ = True, False
        elif order["object"] == "payout":
            target = (order.get("party") or {}).get("wallet")
        elif order["object"] == "transfer":
            source, target = order["from"].get("wallet"), order["to"].get("wallet")
            amount, taken = order["recipient_gets"], order["sender_pays"]
        else:
            continue
        posted[target] += amount if done else 0
        posted[source] -= (taken if order["object"] != "payment" else amount) if done else 0
        held[source] += taken if open_ else 0
    faults = []
    for wallet in facts.wallets:
        balance, name = wallet["balance"], wallet["id"]
        # A refund that is under way is set aside of the wallet that it comes from.
        if balance["posted"] != posted[name] or balance["held"] < held[name]:
            faults.append(f"{name} has {balance['posted']}, {balance['held']} held, not {posted[name]} and {held[name]}")
        if balance["posted"] - balance["held"] < 0:
            faults.append(f"{name} is overdrawn: {balance}")
    return len(facts.wallets), faults


def the_ledger_is_what_its_orders_make_it(facts):
    """`payrouter ledger verify`."""
    code, found = facts.ledger if facts.ledger else (0, None)
    if found is None:
        return 0, []
    return 1, [] if code == 0 else [f"exit {code}: {found[:600]}"]


CHECKS = [transfers_reach_both_sides_or_none, no_transfer_is_paid_out_and_given_back,
          wallets_have_what_came_less_what_went, the_ledger_is_what_its_orders_make_it]
