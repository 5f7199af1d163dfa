"""Money begun in a browser moves only once its shop accepted it, and as it accepted it."""
from ..clock import milliseconds

# Where nothing can be accepted any more: it was given up, declined, or its code was taken before the answer was lost.
OVER = ("payment_state_conflict", "payment_final", "payment_not_confirmable")


def _begun(facts):
    return [(asked, facts.orders[asked.id]) for asked in facts.asked if asked.begun and asked.id in facts.orders]


def unaccepted_payments_move_nothing(facts):
    """Payments that their shop never accepted."""
    never = [(asked, order) for asked, order in _begun(facts) if asked.accepted is None]
    faults = []
    for asked, order in never:
        moved = [(move["amount"], move["currency"]) for move in facts.moves(order)]
        if moved or order["status"] == "succeeded":
            faults.append(f"{order['id']} ({asked.label}) was never accepted, but is {order['status']} with {moved}")
    return len(never), faults


def accepted_payments_move_what_was_accepted(facts):
    """Payments that were accepted and executed: after the acceptance, and its amount."""
    faults, count = [], 0
    for asked, order in _begun(facts):
        for move in facts.moves(order) if asked.accepted else []:
            count += 1
            if (move["amount"], move["currency"]) != tuple(asked.accepted):
                faults.append(
                    f"{order['id']} moved {move['amount']} {move['currency']}, accepted was {asked.accepted}")
            if milliseconds(move["executed_at"]) < asked.accepted_at:
                faults.append(f"{order['id']} moved money before it was accepted")
    return count, faults


def wrong_amounts_are_refused(facts):
    """Acceptances of another amount or currency."""
    answers = [(asked, answer) for asked, _ in _begun(facts) for answer in asked.mismatches]
    return len(answers), [
        f"{asked.id} ({asked.label}) was asked about another amount and answered {answer}"
        for asked, answer in answers if answer[0] != 409 or answer[1] not in ("acceptance_mismatch", *OVER)]


def acceptances_can_be_repeated(facts):
    """Acceptances that were sent again, under the same key and another."""
    faults, count = [], 0
    for asked, order in _begun(facts):
        count += len(asked.acceptances) > 1
        for status, name, code in asked.acceptances:
            if status >= 300 and code not in OVER:
                faults.append(f"the acceptance of {asked.id} ({asked.label}) was answered {status} {code}")
            if status < 300 and name != asked.id:
                faults.append(f"the acceptance of {asked.id} was answered with {name}")
        kept = (order["acceptance"] or {}).get("accepted_at")
        if any(status < 300 for status, _, _ in asked.acceptances) and not kept:
            faults.append(f"{asked.id} forgot that it was accepted")
    return count, faults


CHECKS = [unaccepted_payments_move_nothing, accepted_payments_move_what_was_accepted, wrong_amounts_are_refused,
          acceptances_can_be_repeated]
