"""Webhooks while payments come in: as fast as they can, and half as fast."""
from ..subjects import TMONEY, Router
from .shown import call, cost, metric, percentile, ratio, show

_TOLD = 'payrouter_exchanges_total{provider="webhooks",operation="deliver",outcome="delivered"}'


def _measured(bench, name, rate=None):
    """One event for each payment, told to an endpoint, with a router of its own: nothing waits from before."""
    router = Router(bench.binary, f"webhooks-{name}", TMONEY, bench.operators.url)
    call(router.url, "/v1/webhook_endpoints",
         {"url": bench.operators.url + "/hook", "types": ["payment.awaiting_customer"]}, "POST")
    router.pay(64, 1, rate=rate)
    before, heard = metric(router, _TOLD), len(bench.operators.heard())
    result = router.pay(64, bench.seconds, rate=rate)
    share = (metric(router, _TOLD) - before) / result["requests"]
    delays = bench.operators.delays(after=heard)
    p50, p99 = percentile(delays, 0.5), percentile(delays, 0.99)
    show(f"router: payments with webhooks, {name}", result, cost(result))
    router.stop()
    return {"payments": result, "delivered / payments": ratio(
        "webhooks delivered / payments, meanwhile", share, "0.95 or more"), "p50_ms": p50, "p99_ms": p99,
        "delivered": len(delays)}


def _tell(figures):
    print(f"  from the event to its first delivery: p50 {figures['p50_ms']:.0f} ms, p99 {figures['p99_ms']:.0f} ms, "
          f"of {figures['delivered']}", flush=True)
    return figures


def webhooks(bench):
    """At full load, then at half of what that was."""
    full = _tell(_measured(bench, "full load"))
    half = _tell(_measured(bench, "half load", rate=full["payments"]["per_second"] / 2))
    ratio("p99 of the first delivery at half load, in ms", half["p99_ms"], "less than 300")
    return {"full": full, "half": half}
