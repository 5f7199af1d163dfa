"""Whether the checks can fail: every limit is fed figures beyond it, and every judge of facts facts with a fault."""
from . import CHECKS, books
from .verdict import FAILED, PASSED


def self_check():
    """Says what went unnoticed; whether nothing did."""
    wrong, total, names = [], 0, set()
    for check in CHECKS:
        for limit in check.limits:
            for figure in (*limit.beyond(), None):
                total += 1
                if limit.judge(figure).state != FAILED:
                    wrong.append(f"{limit.name} is content with {figure}")
            for figure in limit.within():
                total += 1
                if limit.judge(figure).state != PASSED:
                    wrong.append(f"{limit.name} is not content with {figure}")
            total += 1
            if limit.name in names:
                wrong.append(f"two limits are named {limit.name}")
            names.add(limit.name)
    for name, count, least in [*books_planted(), *(one for check in CHECKS for one in check.planted)]:
        total += 1
        if count() < least:
            wrong.append(f"not seen: {name}")
    total += 2
    whole = books._made_up()
    if books.faults(whole):
        wrong.append(f"a payment as it should be: {books.faults(whole)}")
    if books.judge_money(books.money_limit("nothing"), books.Facts(set(), {}, [])).state != FAILED:
        wrong.append("a run in which nothing was accepted is content")
    for line in wrong:
        print("fault:", line)
    print(f"{total - len(wrong)} passed, {len(wrong)} failed")
    return not wrong


def books_planted():
    """Facts with one fault each."""
    return [(name, lambda made=made: len(books.faults(made())), least) for name, made, least in books.PLANTED]
