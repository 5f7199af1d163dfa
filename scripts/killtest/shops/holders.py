"""People with a wallet of their own: they top up, send, cash out and pay by code, while the router dies."""
import itertools
import re
import time

from . import ENDED, Shop
from ..asked import fresh_key
from ..holders import Code, Holder
from ..world import NO_ANSWER

PASSWORD = "zemidjan-jaune-47"
# How long a code may take, in seconds: the router is away for a while again and again.
CODE_SECONDS = 90
# Within so many seconds the message of a code that was asked for once more is there, too.
OLDER_SECONDS = 1.5
# What may refuse a holder: the code went to another call, or there is too little money.
REFUSED = ("code_refused", "insufficient_funds", "wallet_limit_reached")
CASH_OUTS = ["succeeds", "lost_answer_executed", "lost_answer_not_executed", "declined", "succeeds_later"]

_numbers = itertools.count(100_001)


class People(Shop):
    """What whoever has a wallet can do; subclasses say who does what."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        # Holders of this shop by their place, and the calls that were made with a code.
        self._people, self._made = {}, []

    def person(self, place=0):
        """A holder who can still be sent codes; signs up where there is none."""
        known = self._people.get(place)
        if known is None or known.spent:
            known = self._people[place] = self.sign_up()
        return known

    def sign_up(self):
        number = next(_numbers)
        holder = Holder(f"holder{number}", f"+22891{number:06}")
        who = {"username": holder.username, "password": PASSWORD, "name": holder.username.title(),
               "phone": holder.phone}
        status, answer = self.until_answered("POST", "/v1/wallet/signup", who, token=None)
        # Whoever got no answer may be there already.
        if status not in (201, 409):
            raise ValueError(f"no holder: {status} {answer}")
        known, signed = self.until_answered(
            "POST", "/v1/wallet/login", {"username": holder.username, "password": PASSWORD}, token=None)
        if known != 200:
            raise ValueError(f"nobody signs in: {known} {signed}")
        holder.token, holder.account = signed["token"], signed["account"]["id"]
        # The account and its code are one commit: whoever has the one is sent the other.
        digits = self.digits(holder, 0)
        said = self.until_answered("POST", "/v1/wallet/phone/confirm", {"code": digits}, token=holder.token)
        _, home = self.until_answered("GET", "/v1/wallet", token=holder.token)
        if not home["account"]["phone"]["is_confirmed"]:
            raise ValueError(f"the phone is not confirmed: {said}")
        self.journal.holders.append(holder)
        return holder

    def newest(self, holder):
        """The number of the newest message to somebody."""
        return max(holder.look(self.world), default=0)

    def digits(self, holder, after):
        """The six digits of the newest message with some, behind a number; waits for it."""
        until = time.time() + CODE_SECONDS
        while time.time() < until:
            for number, text in sorted(holder.look(self.world).items(), reverse=True):
                found = re.match(r"(\d{6})\b", text)
                if found and number > after:
                    return found.group(1)
            time.sleep(0.05)
        raise ValueError(f"no code came to {holder.phone}")

    def code(self, holder, purpose, body, *allowed):
        """Has a code sent for a body; `None` where there is none, which only the allowed reasons excuse."""
        unanswered = False
        while True:
            after = self.newest(holder)
            try:
                status, answer = self.world.api(
                    "POST", "/v1/wallet/codes", {"purpose": purpose, "for": body}, holder.token)
            except NO_ANSWER:
                status, answer = 503, None
            if status != 503:
                break
            unanswered = True
            time.sleep(0.05)
        if status == 429:
            holder.spent = True
            return None
        if status != 201:
            if answer.get("code") not in allowed:
                raise ValueError(f"no code for {purpose}: {status} {answer}")
            return None
        digits = self.digits(holder, after)
        if unanswered:
            # The message may be that of the wish before, which counts no more.
            time.sleep(OLDER_SECONDS)
            digits = self.digits(holder, after)
        code = Code(holder, purpose, digits)
        self.journal.codes.append(code)
        return code

    def ask(self, holder, kind, room, body, label, **more):
        """One more call of a holder, under a key of its own."""
        asked = self.new(kind, f"/v1/wallet/{room}", body, label=f"holder/{label}", holder=holder,
                         app=more.pop("app", self.world.holders_key), **more)
        asked.kept_as = f"{holder.account}\x1f{asked.key}"
        return asked

    def use(self, code, asked, *allowed):
        """Sends a call with its code, now and then again after it was answered."""
        asked.body = {**asked.body, "code": code.digits}
        code.calls += 1
        order = self.send(asked, *REFUSED, *allowed)
        if order is None:
            code.reasons.append(asked.reason or asked.refusal[1])
            return None
        code.led_to.add(order["id"])
        self._made.append(asked)
        if self.dice.random() < 0.4:
            self.repeat(asked)
        return order

    def repeat(self, asked):
        """Makes a call again that was answered, with the code that it used up."""
        status, body = self.until_answered(
            "POST", asked.room, asked.body, {"Idempotency-Key": asked.key}, asked, asked.holder.token)
        since = sum(1 for begun, _ in self.world.kills if begun > asked.seen_at)
        asked.repeats.append((status, body.get("id"), body.get("code"), since))

    def repeat_older(self):
        """Makes calls again that were answered before the router was killed."""
        for asked in self.dice.sample(self._made, min(2, len(self._made))):
            self.repeat(asked)

    def with_code(self, holder, purpose, kind, room, body, label, calls=1):
        """Has a code sent, and makes as many calls with it at once; only one of them can be."""
        code = self.code(holder, purpose, body)
        if code is None:
            return
        asked = [self.ask(holder, kind, room, body, label) for _ in range(calls)]
        self.at_once([lambda one=one: self.use(code, one) for one in asked])

    def top_up(self, holder, outcome="succeeds"):
        """Fills a wallet."""
        phone = self.values["tmoney", "collect"][outcome]["request"]["customer"]["phone"]
        asked = self.ask(holder, "payment", "top_ups", {
            "channel": "tmoney", "phone": phone, "amount": 9_000, "currency": "XOF"}, f"top-up {outcome}")
        if self.send(asked) and outcome == "succeeds":
            self.follow("/v1/payments", asked, ENDED, 8)


class HolderShop(People):
    """Sends and takes money out, with as many codes as somebody is sent."""

    least = 6

    def round(self):
        holder, other = self.person(), self.person(1)
        if self.rounds % 3 == 0:
            self.top_up(holder, self.turn("top-up", ["succeeds", "succeeds", "lost_answer_executed", "declined"]))
        self.repeat_older()
        way = self.turn("way", ["send", "cash out", "send away", "send", "biller", "cash out"])
        getattr(self, "_" + way.replace(" ", "_"))(holder, other)

    def _calls(self):
        return self.turn("calls", [1, 2, 3, 2])

    def _send(self, holder, other):
        known = [one for one in self.journal.holders if one is not holder]
        body = {"to": {"user": self.dice.choice(known or [other]).username}, "amount": 700, "currency": "XOF"}
        self.with_code(holder, "transfer", "transfer", "transfers", body, "send", self._calls())

    def _send_away(self, holder, _):
        phone = self.values["flooz", "payout"][self.turn("away", CASH_OUTS[:3])]["request"]["party"]["phone"]
        body = {"to": {"channel": "flooz", "phone": phone}, "amount": 600, "currency": "XOF"}
        self.with_code(holder, "transfer", "transfer", "transfers", body, "send away", self._calls())

    def _cash_out(self, holder, _):
        phone = self.values["tmoney", "payout"][self.turn("out", CASH_OUTS)]["request"]["party"]["phone"]
        body = {"channel": "tmoney", "phone": phone, "amount": 800, "currency": "XOF"}
        self.with_code(holder, "cash_out", "payout", "cash_outs", body, "cash-out", self._calls())

    def _biller(self, holder, _):
        value = self.values["electricity", "payout"]["succeeds"]["request"]
        body = {"biller": "electricity-tg", "account": value["party"]["bill_account"], "amount": 1_000,
                "currency": "XOF"}
        self.with_code(holder, "bill_payment", "payout", "bill_payments", body, "biller", self._calls())
