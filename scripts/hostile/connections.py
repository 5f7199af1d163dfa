"""More connections than the router has descriptors for, opened by strangers, beside a shop that is connected already."""
import re
import time

from .attackers import Attackers
from .books import gather, judge_money, money_limit
from .common import KEY, NO_ANSWER, PAYMENTS, Operators, Router, connection, exchange, fresh_key, order
from .verdict import Check, Limit

# What says that connections or descriptors run out, in the log or among the metrics.
TOLD = re.compile(r"descriptor|too many open|EMFILE|connection", re.I)
COUNTED = re.compile(
    r"^payrouter_\w*(?:connection|descriptor)\w*(?:refused|replaced|rejected|exhausted|full)\S* 0*[1-9]", re.M)


class Shop:
    """Pays over a connection that was there before the attack; opens another only when it has to."""

    def __init__(self, router):
        self.router, self.accepted, self.refused, self.unheard = router, set(), 0, 0
        self.link = connection(router.port, 20, "127.0.0.2")
        self.asked = 0

    def pay(self):
        self.asked += 1
        try:
            answer = exchange(self.link, "POST", PAYMENTS, order(amount=3_000 + self.asked), KEY, fresh_key())
        except NO_ANSWER:
            self.unheard += 1
            self.link.close()
            return
        if answer.status in (200, 201, 202):
            self.accepted.add(answer.json["id"])
        else:
            self.refused += 1


def attack(bench, hard, soft, kind, count, seconds=5):
    """One attack: what became of the shop's payments, and whether the router lived and told of it."""
    operators = Operators(bench)
    router = Router(bench, operators, hard=hard, soft=soft).start()
    shop = Shop(router)
    shop.pay()
    attackers = Attackers(router.port, count, kind)
    attackers.start()
    attackers.ready.wait(20)
    until = time.monotonic() + seconds
    while time.monotonic() < until and router.alive:
        shop.pay()
        time.sleep(0.25)
    metrics = ""
    try:
        metrics = exchange(shop.link, "GET", "/metrics", key=None).body.decode()
    except NO_ANSWER:
        shop.link.close()
    attackers.finish()
    lived = router.alive
    told = any(TOLD.search(line) for line in router.said().splitlines() if line.startswith("{"))
    told = told or COUNTED.search(metrics) is not None
    if not lived:
        code = router.process.returncode
        router.start()
    else:
        code = None
        time.sleep(0.5)
    facts = gather(router, operators, shop.accepted, 12)
    lived = lived and router.alive
    router.end()
    operators.end()
    return {"facts": facts, "lived": lived, "code": code, "told": told, "asked": shop.asked,
            "accepted": len(shop.accepted), "unheard": shop.unheard}


def check(name, hard, soft, kind, count):
    limits = (
        Limit(f"{name}: payments that ended not_sent", "payments", most=0),
        Limit(f"{name}: deaths of the router", "deaths", most=0),
        money_limit(name),
        Limit(f"{name}: payments of the connected shop that were accepted", "%", least=95),
    )
    if hard:
        # Without a hard limit there may be room for all.
        limits += (Limit(f"{name}: attacks that neither log nor metrics told of", "attacks", most=0),)

    def run(bench):
        runs = bench.times(20)
        results = []
        for _ in range(runs):
            results.append(attack(bench, hard, soft, kind, count))
            bench.tidy()
        unsent = sum(len(one["facts"].with_failure("not_sent")) for one in results)
        deaths = [one["code"] for one in results if not one["lived"]]
        asked, accepted = sum(one["asked"] for one in results), sum(one["accepted"] for one in results)
        told = sum(not one["told"] for one in results)
        note = f"{runs} runs"
        money = [judge_money(limits[2], one["facts"]) for one in results]
        worst = next((one for one in money if one.state != "passed"), money[0])
        return [limits[0].judge(unsent, f"{note}, {asked} payments"),
                limits[1].judge(len(deaths), f"{note}, exit codes {sorted(set(map(str, deaths)))}" if deaths else note),
                worst, limits[3].judge(100 * accepted / asked, note), *(limit.judge(told, note) for limit in limits[4:])]

    return Check(name, run, limits, seconds=10, more=190)


CHECKS = [check(f"connections at {what}, {kind}", hard, soft, kind, count)
          for what, hard, soft, count in (("a hard limit of 1024", 1_024, None, 1_150), ("a hard limit of 256", 256, None, 400),
                                          ("the usual soft limit of 1024", None, 1_024, 1_150))
          for kind in ("body drips", "idle")]
