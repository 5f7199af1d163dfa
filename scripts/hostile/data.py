"""Files of the data folder that vanish, or come back old: nothing is acknowledged into a file that is gone."""
import collections
import json
import os
import shutil
import signal
import time
import urllib.parse

from openloop.load import read_all

from .common import FORM, NO_ANSWER, PAYMENTS, READY, Ended, pair
from .disk import PADDED, Callers
from .verdict import Check, Limit

STORE = "payrouter.sqlite"


# How long the router may take to notice. What it acknowledges later goes into a file that nobody will find again.
NOTICES = 3


def vanished(what):
    return (
        Limit(f"{what} deleted while it runs: payments acknowledged {NOTICES} s later or more, and lost by a kill", "payments",
              most=0),
        Limit(f"{what} deleted while it runs: seconds until it is no longer ready", "s", most=6),
        Limit(f"{what} deleted while it runs: executions more when shops repeat what is lost", "executions", most=0),
    )


def vanish(bench, limits, suffix):
    """Payments, then a file vanishes, then a kill, then shops repeat what is not known any more."""
    operators, router = pair(bench)
    callers = Callers(router)
    time.sleep(2)
    os.unlink(f"{router.data}/{STORE}{suffix}")
    begun, unready = time.monotonic(), None
    while time.monotonic() - begun < 8:
        try:
            well = router.ask("GET", READY, key=None, timeout=3).status == 200
        except NO_ANSWER:
            well = False
        if not well and unready is None:
            unready = time.monotonic() - begun
        time.sleep(0.1)
    callers.stop()
    time.sleep(3)
    executed = len(operators.movements())
    router.end(signal.SIGKILL)
    late = [name for name, (_, at) in callers.known.items() if at > begun + NOTICES]
    note = f"{len(callers.known)} acknowledged, {len(late)} of them so late"
    ready = limits[1].judge(8 if unready is None else unready, "still ready after 8 s" if unready is None else "")
    try:
        router.start(15)
    except Ended as reason:
        # It does not begin without what it had, so nothing can be repeated before people looked.
        return [limits[0].judge(len(late), f"{note}; it does not start"), ready, limits[2].judge(0, f"{reason}"[:160])]
    lost = {name for name, order in read_all(router.port, callers.known).items() if order is None}
    for name in list(lost)[:60]:
        try:
            router.create(PADDED, headers={"Idempotency-Key": callers.known[name][0]})
        except NO_ANSWER:
            pass
    time.sleep(6)
    more = len(operators.movements()) - executed
    return [limits[0].judge(len(lost & set(late)), f"{note}; {len(lost)} lost in all"), ready,
            limits[2].judge(max(0, more), f"{min(60, len(lost))} repeated")]


LOG, FILE = vanished("the write-ahead log"), vanished("the database")
SILENT_START = (Limit("the database deleted: starts with an empty store and no alarm", "starts", most=0),)


def empty(bench):
    """The database is deleted while the router is down: an empty beginning is not silent."""
    _, router = pair(bench)
    made = [router.create().json["id"] for _ in range(3)]
    time.sleep(2)
    router.end()
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(f"{router.data}/{STORE}{suffix}"):
            os.unlink(f"{router.data}/{STORE}{suffix}")
    said = os.path.getsize(router.log)
    try:
        router.start(15)
    except Ended as reason:
        return [SILENT_START[0].judge(0, f"does not start: {reason}"[:120])]
    unknown = sum(router.ask("GET", f"{PAYMENTS}/{name}").status != 200 for name in made)
    loud = "alarm" in router.said(said)
    return [SILENT_START[0].judge(int(unknown > 0 and not loud), f"{unknown} of 3 payments unknown")]


OLD = (
    Limit("an old copy of the data: orders that move money twice when shops repeat them", "orders", most=0),
    Limit("an old copy of the data: starts without an alarm", "starts", most=0),
)


def old(bench):
    """A copy is made, work goes on, the copy comes back; shops repeat what the router no longer knows."""
    operators, router = pair(bench)
    callers = Callers(router, 2)
    time.sleep(1.5)
    callers.stop()
    time.sleep(2)
    router.end()
    copy = f"{bench.place('copy')}/data"
    shutil.copytree(router.data, copy, ignore=shutil.ignore_patterns("*.sock"))
    router.start()
    late = [(f"late-order-{number:08}", router.create(headers={"Idempotency-Key": f"late-order-{number:08}"}).json["id"])
            for number in range(30)]
    time.sleep(4)
    router.end(signal.SIGKILL)
    shutil.rmtree(router.data)
    shutil.copytree(copy, router.data)
    said = os.path.getsize(router.log)
    router.start()
    before = {move["reference"] for move in operators.movements()}
    for key, _ in late:
        try:
            router.create(headers={"Idempotency-Key": key})
        except NO_ANSWER:
            pass
    time.sleep(8)
    counts = collections.Counter(move["reference"] for move in operators.movements())
    twice = sum(1 for reference in counts if reference not in before) + sum(1 for count in counts.values() if count > 1)
    return [OLD[0].judge(twice, f"{len(late)} orders repeated, {len(before)} executions before, {sum(counts.values())} after"),
            OLD[1].judge(int("alarm" not in router.said(said)))]


DISABLED = (Limit("an app that was disabled: money that its old page still moves", "movements", most=0),)


def disabled(bench):
    """The page of a payment was open when its app was disabled."""
    operators, router = pair(bench)
    made = json.loads(router.command("apps", "create", "closing", "--json").stdout)
    key = next(one for one in made["new_keys"] if one.startswith("sk_"))
    page = router.create({"amount": 5_000, "currency": "XOF", "hosted": True}, key=key).json
    path, secret = page["hosted_url"].split(f":{router.port}", 1)[1].split("?t=")
    if router.command("apps", "disable", "closing").returncode != 0:
        return [DISABLED[0].judge(None)]
    answer = router.ask("POST", f"{path}/choose?t={secret}", urllib.parse.urlencode(
        {"channel": "tmoney", "phone": "+22890000001"}).encode(), key=None, headers=FORM)
    time.sleep(3)
    return [DISABLED[0].judge(len(operators.movements()), f"its page answered {answer.status}")]


CHECKS = [Check("the write-ahead log deleted", lambda bench: vanish(bench, LOG, "-wal"), LOG, seconds=20),
          Check("the database deleted", lambda bench: vanish(bench, FILE, ""), FILE, seconds=20),
          Check("the database deleted while it is down", empty, SILENT_START, seconds=6),
          Check("an old copy of the data", old, OLD, seconds=25),
          Check("a page of an app that was disabled", disabled, DISABLED, seconds=7)]
