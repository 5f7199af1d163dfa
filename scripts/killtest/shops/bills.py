"""Bills that several people pay at once: holders out of their wallets, somebody over the bill's link, and somebody who
types the bill's code in an operator's own menu."""
import re
import urllib.parse
import urllib.request

from . import ENDED
from ..asked import fresh_key
from ..holders import AskedBill
from ..world import KEY
from .holders import People

TAKEN = ("bill_unpayable",)
# What the payer's operator does with a payment over the link.
LINKED = ["succeeds", "lost_answer_executed", "declined", "succeeds"]
# Who tries at once, and whether the issuer takes the bill back meanwhile, or before.
FATES = [("both", "link"), ("both", "menu"), ("one", "link", "delete"), ("menu", "menu", "link"), ("delete",),
         ("link", "link"), ("one", "delete", "menu")]


class BillShop(People):
    """Makes bills, as a shop and as a holder, and lets people pay them at once; some are taken back meanwhile."""

    least = 7

    def round(self):
        first, second = self.person(), self.person(1)
        if self.rounds % 3 == 0:
            for holder in (first, second):
                self.top_up(holder)
        self.repeat_older()
        bill = self.bill(self.person(2) if self.turn("issuer", [0, 1, 0, 0, 1]) else None)
        if bill is None:
            return
        fate = self.turn("fate", FATES)
        payers = {"both": [first, second], "one": [first]}.get(fate[0], [])
        calls, linked = [self.by_wallet(bill, holder) for holder in payers], []
        for _ in range(fate.count("link")):
            linked.append(self.linked(bill))
            calls.append(lambda asked=linked[-1]: self.by_link(asked, bill))
        calls += [lambda: self.by_menu(bill)] * fate.count("menu")
        bill.payers = len(calls)
        if "delete" in fate:
            calls.append(lambda: self.delete(bill))
        self.at_once([call for call in calls if call])
        for asked in linked:
            if asked.id and self.follow("/v1/payments", asked, ENDED, 6)["status"] not in ENDED:
                # Who found the bill paid, or never chose, gives up.
                self.until_answered("POST", f"/v1/payments/{asked.id}/cancel", token=bill.app)

    def bill(self, issuer):
        """A new bill of a shop, or of a holder, who needs a code for it."""
        bill = AskedBill({"name": "Rent", "amount": 900, "currency": "XOF"}, holder=issuer)
        body, headers = bill.body, {"Idempotency-Key": fresh_key(self.dice)}
        room, token, code = "/v1/bills", KEY, None
        if issuer:
            code = self.code(issuer, "bill_creation", body)
            if code is None:
                return None
            code.calls += 1
            room, token, bill.app = "/v1/wallet/bills", issuer.token, self.world.holders_key
            body = {**body, "code": code.digits}
        for _ in range(2):
            status, made = self.until_answered("POST", room, body, headers, token=token)
            if status != 201:
                raise ValueError(f"no bill: {status} {made}")
            bill.answers.add(made["id"])
        bill.id, bill.code = made["id"], made["code"]
        if code:
            code.led_to |= bill.answers
            self.once_more(code, room, body)
        self.journal.bills.append(bill)
        return bill

    def once_more(self, code, room, body):
        """Asks for another bill with a code that is used up."""
        status, other = self.until_answered(
            "POST", room, body, {"Idempotency-Key": fresh_key(self.dice)}, token=code.holder.token)
        code.calls += 1
        if status < 300:
            code.led_to.add(other["id"])
        else:
            code.reasons.append(other.get("reason") or other.get("code"))

    def by_wallet(self, bill, holder):
        """A holder who has a code for a bill and will pay it; `None` where there is no code."""
        body = {"bill": bill.code}
        code = self.code(holder, "bill_payment", body, *TAKEN)
        if code is None:
            return None
        asked = self.ask(holder, "payment", "bill_payments", body, "bill", app=bill.app, bill=bill.id)
        return lambda: self.use(code, asked, *TAKEN)

    def linked(self, bill):
        """A payment that somebody will begin over a bill's link."""
        asked = self.new("payment", f"/bill/{bill.code}", {"amount": bill.body["amount"]}, label="bill/link",
                         app=bill.app, bill=bill.id, allowed=frozenset(TAKEN))
        asked.kept_as = "bill-" + asked.key.replace("-", "")
        return asked

    def by_link(self, asked, bill):
        """Opens a bill's page and chooses an operator; somebody else may have been faster."""
        for _ in range(self.dice.choice([1, 2])):
            asked.sends += 1
            status, place, _ = self.page(f"{asked.room}?lang=en", {"nonce": asked.kept_as.removeprefix("bill-")}, asked)
            if status == 409:
                # Said to a repetition, it is of the bill only, and the payment that was begun stays.
                asked.refusal = None if asked.id else (status, TAKEN[0], None)
                return
            if status != 303:
                asked.refusal = (status, "page", None)
                return
            path, query = place.split("?")
            asked.id = path.rsplit("/", 1)[1]
            asked.answers.add(asked.id)
        phone = self.values["tmoney", "collect"][self.turn("linked", LINKED)]["request"]["customer"]["phone"]
        self.page(f"{path}/choose?{query}", {"channel": "tmoney", "phone": phone})

    def by_menu(self, bill):
        """Pays a bill by its code from the operator's own menu: nobody here is asked, money moves at once."""
        fields = {"phone": "22890" + f"{self.dice.randrange(10 ** 6):06}", "amount": bill.body["amount"],
                  "reference": bill.code.lower()}
        with urllib.request.urlopen(self.world.operators + "/tmoney/menu", urllib.parse.urlencode(fields).encode(),
                                    timeout=30) as answer:
            reference = re.search(r"USSD\d+", answer.read().decode()).group()
        asked = self.new("payment", "/tmoney/menu", {"amount": bill.body["amount"]}, label="bill/menu", app=bill.app,
                         bill=bill.id, menu=reference)
        asked.kept_as, asked.sends = f"tmoney-tg\x1f{reference}", 1

    def delete(self, bill):
        """Takes a bill back, as its issuer."""
        room, token = (f"/v1/wallet/bills/{bill.code}", bill.holder.token) if bill.holder else (
            f"/v1/bills/{bill.id}", KEY)
        status, _ = self.until_answered("DELETE", room, token=token)
        bill.deletions.append(status)
