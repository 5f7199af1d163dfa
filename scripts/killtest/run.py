"""One run: shops and people at work, a router that is killed, and what they left."""
import json
import random
import subprocess
import threading
import time

from local import free_port

from .asked import Journal
from .changes import Changer
from .facts import gather, look_again
from .people import People
from .shops.bills import BillShop
from .shops.checkout import CheckoutShop
from .shops.counters import CounterShop
from .shops.holders import HolderShop
from .shops.linked import LinkedShop
from .shops.numbers import PaymentTwiceShop, PayoutTwiceShop
from .shops.pages import PageShop
from .shops.payers import PayerShop
from .shops.plain import PlainShop
from .shops.returns import HoldShop, RefundShop
from .shops.wallets import WalletShop
from .verdicts import ENOUGH_KILLS, judge
from .webhooks import Receiver
from .world import World

# Beside the shops that only pay. Each waits most of the time.
SPECIAL = [PaymentTwiceShop, PayoutTwiceShop, PayoutTwiceShop, CheckoutShop, CheckoutShop, CheckoutShop, RefundShop,
           RefundShop, HoldShop, PageShop, WalletShop, WalletShop, HolderShop, HolderShop, HolderShop, BillShop,
           BillShop, BillShop, PayerShop, PayerShop, CounterShop, CounterShop, LinkedShop, LinkedShop,
           LinkedShop]
# How long nothing may come to an end after the shops closed while something still has to, in seconds.
PATIENCE = 75
# When people stop at the earliest, in seconds: that nothing was executed they may sign 40 seconds after a request left.
SIGNING, AFTERWARDS = 45, 10


class Run:
    def __init__(self, root, binary, kills, seed, callers):
        self.kills, self.dice, self.stop = kills, random.Random(seed), threading.Event()
        self.world, self.journal, self.accidents = World(root, binary), Journal(), []
        self.receiver = Receiver(free_port(), random.Random(seed))
        self.world.start_router()
        self.world.holders_app()
        self.world.hang_up()
        self.world.planned = kills
        self.people = People(self.world, self.journal)
        self.changer = Changer(
            self.world, random.Random(seed * 7), self.stop, self.people.token("anna"))
        values = json.loads(subprocess.check_output([binary, "test-values", "--json"]))
        classes = [PlainShop] * callers + SPECIAL
        self.shops = [
            shop(self.world, self.journal, values, random.Random(seed * 1_000 + place), classes[:place].count(shop),
                 self.stop) for place, shop in enumerate(classes)]
        # Some shops have made apps of their own.
        self.endpoints = {key: self._endpoint(key) for key in self.world.keys}

    def _endpoint(self, key):
        status, endpoint = self.world.api("POST", "/v1/webhook_endpoints", {"url": self.receiver.url}, key)
        if status != 201:
            raise SystemExit(f"no webhook endpoint: {status} {endpoint}")
        self.receiver.trust(endpoint["secret"])
        return endpoint["id"]

    def perform(self):
        """The whole run; its facts and verdicts."""
        self.begun, self.marks = time.time(), []
        for thread in [*self.shops, self.people, self.changer]:
            thread.start()
        self._kill()
        self._mark("killed")
        self.stop.set()
        until = time.time() + 60
        for shop in self.shops:
            shop.join(max(0, until - time.time()))
            if shop.is_alive():
                self.accidents.append(f"a {shop.name} did not come to an end")
        self.changer.join(60)
        self._mark("shops closed")
        facts = self._settle()
        self._mark("settled")
        code, output, error = self.world.command("ledger", "verify")
        facts.ledger = (code, output + error)
        code = self.world.stop()
        facts.accidents += [f"the router ended with {code} after SIGTERM"] if code != 0 else []
        facts.accidents += [thread.failure for thread in [*self.shops, self.people, self.changer] if thread.failure]
        return facts, judge(facts, self.kills)

    def _mark(self, name):
        self.marks.append((name, time.time()))

    def _kill(self):
        """All kills but the last; a third of them waits until people sign and every shop has done something."""
        for kill in range(self.kills - 1):
            if kill == self.kills - self.kills // 3:
                until = time.time() + 15
                while time.time() < until and not (self.people.signings and all(shop.rounds for shop in self.shops)):
                    time.sleep(0.05)
            time.sleep(self.dice.uniform(0.1, 0.9))
            self._kill_once()
        time.sleep(1)

    def _kill_once(self):
        if self.world.router.poll() is not None:
            self.accidents.append(f"the router ended by itself with {self.world.router.returncode}")
        self.world.kill_router()

    def _settle(self):
        """Waits until everything ended and was told; people sign for a while, the last kill between signatures."""
        begun, facts, left = time.time(), None, min(self.kills, 1)
        standing, moved = None, begun
        deadline, everything = begun + AFTERWARDS, self.kills >= ENOUGH_KILLS
        if everything:
            deadline = max(deadline, self.begun + SIGNING)
        while True:
            passed = time.time() - begun
            signing = [one for one in self.people.signings if (one.finding, one.outcome) == ("not-executed", "first")]
            over = time.time() > deadline and (not everything or passed > PATIENCE / 2 or not self.people.lacks())
            if left and (signing or over):
                left -= 1
                self._kill_once()
            elif over:
                self.people.finished.set()
                self.people.join(30)
            facts = gather(self.world, self.journal, self.people, self.receiver, self.accidents, self.changer, facts)
            waiting = [order for order in facts.orders.values() if facts.waits(order)]
            unheard = facts.unheard()
            untold = facts.untold()
            done = not self.people.is_alive() and not (waiting or unheard or untold)
            # A slow machine may take its time, as long as there is an end.
            before, standing = standing, (len(waiting), len(unheard), len(untold), self.people.is_alive())
            moved = moved if standing == before else time.time()
            if done or time.time() - moved > PATIENCE:
                return gather(self.world, self.journal, self.people, self.receiver, self.accidents, self.changer)
            look_again(self.world, facts)
            # An endpoint that was down while the router died waits for its schedule; its owner can ask for it again.
            for order in unheard if passed > 15 else []:
                for key, endpoint in self.endpoints.items():
                    for event in self.world.patient("GET", f"/v1/events?order={order['id']}", key=key)[1]["data"][:2]:
                        self.world.patient(
                            "POST", f"/v1/webhook_endpoints/{endpoint}/deliveries/{event['id']}/resend", {}, key)
            time.sleep(1)


def report(run, facts, verdicts):
    """Prints what happened and what is wrong; whether nothing is."""
    ended = sum(1 for order in facts.orders.values() if not facts.waits(order) and order["status"] != "under_review")
    passed = ", ".join(f"{name} after {at - run.begun:.0f} s" for name, at in run.marks)
    print(f"{run.kills} kills; {passed}")
    print(f"{len(facts.asked)} orders asked for, {len(facts.movements)} executions, {ended} ended, "
          f"{len(facts.orders) - ended} open or under review, {len(facts.told)} events delivered")
    for verdict in verdicts:
        print(f"{'ok   ' if not verdict.faults else 'FAULT'} {verdict.name}: {verdict.count}")
        for fault in verdict.faults[:20]:
            print(f"      fault: {fault}")
    failed = sum(1 for verdict in verdicts if verdict.faults)
    if failed:
        print(f"files in {run.world.folder}")
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return not failed
