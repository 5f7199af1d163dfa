"""Reviews end by two people, and by no fewer."""
from ..shops import ENDED

# What an attempt is after a finding.
FOUND = {"executed": ("succeeded",), "not-executed": ("rejected", "not_executed")}


def _evidence(order, attempt):
    """What people proved of an attempt."""
    return [item for item in order.get("timeline", []) if item["what"] == "evidence" and item.get("source") == "person"
            and item.get("attempt") == attempt]


def _two_people(facts, finding):
    """Reviews that a second signature ended: the attempt is what they found, and the order is final."""
    ended = [signing for signing in facts.signings
             if (signing.outcome, signing.finding) == ("resolved", finding) and signing.order in facts.orders]
    faults = []
    for signing in ended:
        order = facts.orders[signing.order]
        states = [attempt["state"] for attempt in order["attempts"] if attempt["id"] == signing.attempt]
        if not states or states[0] not in FOUND[signing.finding]:
            faults.append(f"{order['id']} was found {signing.finding}, but its attempt is {states}")
        if order["attempts"][-1]["id"] == signing.attempt and order["status"] not in ENDED:
            faults.append(f"{order['id']} was found {signing.finding} by two, but is {order['status']}")
        people = {other.person for other in facts.signings if other.order == signing.order
                  and other.attempt == signing.attempt and other.finding == signing.finding}
        if len(people) < 2:
            faults.append(f"{order['id']} was ended by {sorted(people)} alone")
    return len(ended), faults


def two_people_find_an_execution(facts):
    """Reviews that two people ended as executed."""
    return _two_people(facts, "executed")


def two_people_find_no_execution(facts):
    """Reviews that two people ended as not executed."""
    return _two_people(facts, "not-executed")


def one_person_ends_nothing(facts):
    """Second signatures of one person."""
    again = [signing for index, signing in enumerate(facts.signings) if any(
        other.outcome == "first" and (other.order, other.attempt, other.person, other.finding)
        == (signing.order, signing.attempt, signing.person, signing.finding) for other in facts.signings[:index])]
    faults = []
    for signing in again:
        people = {other.person for other in facts.signings
                  if (other.order, other.attempt) == (signing.order, signing.attempt)}
        alone = len(people) == 1 and _evidence(facts.orders.get(signing.order, {}), signing.attempt)
        if signing.outcome in ("first", "resolved") or alone:
            faults.append(f"{signing.order}: {signing.person} signed twice, which was {signing.outcome}")
    return len(again), faults


def signatures_are_kept(facts):
    """First signatures that were acknowledged, in reviews that are open or ended by people."""
    firsts = [signing for signing in facts.signings if signing.outcome == "first"]
    faults = []
    for signing in firsts:
        review = facts.reviews.get(signing.order)
        if review and review["attempt"]["id"] == signing.attempt:
            if signing.person not in [one["person"] for one in review["signed"]]:
                faults.append(f"the signature of {signing.person} under {signing.order} is lost")
    return len(firsts), faults


def findings_count_once(facts):
    """Reviews that were signed while the router was killed; what two people found is evidence once."""
    faults, pairs = [], {(signing.order, signing.attempt) for signing in facts.signings}
    for order, attempt in pairs:
        found = _evidence(facts.orders.get(order, {}), attempt)
        if len(found) > 1:
            faults.append(f"{order}: what people found is evidence {len(found)} times")
    killed = {signing.order for signing in facts.signings for begun, ended in facts.kills
              if signing.begun <= ended and begun <= signing.ended}
    return len(killed), faults


def signatures_are_taken(facts):
    """Signatures that agree with the books are taken, unless the review is over or it is too early."""
    return len(facts.signings), [
        f"{signing.person} could not sign {signing.finding} under {signing.order}: {signing.detail}"
        for signing in facts.signings if signing.outcome == "refused"]


CHECKS = [two_people_find_an_execution, two_people_find_no_execution, one_person_ends_nothing, signatures_are_kept,
          findings_count_once, signatures_are_taken]
