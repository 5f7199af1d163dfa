"""How figures are shown, compared and asked for."""
import json
import threading
import urllib.request

from .. import load


def show(name, result, extra=""):
    print(f"{name:46} {result['per_second']:8.0f}/s   p50 {result['p50_ms']:7.2f} ms   p99 {result['p99_ms']:7.2f} ms"
          f"   errors {result['errors']}{extra}", flush=True)


def cost(result):
    return (f"   CPU {result['cpu_us']:.0f} us   written {result['written']:.0f} B   switches {result['switches']:.1f}"
            f"   RSS {result['rss_mb']:.0f} MB")


def ratio(name, value, aim=None):
    print(f"  {name}: {value:.2f}" + (f"   (aim {aim})" if aim else ""), flush=True)
    return value


def middle(results, key="per_second"):
    return sorted(results, key=lambda result: result[key])[len(results) // 2]


def in_turns(turns, subjects, measure):
    """Side by side: a machine that others share is not equally fast all the time. The median of each counts."""
    results = {name: [] for name in subjects}
    for _ in range(turns):
        for name, subject in subjects.items():
            results[name].append(measure(subject))
    return {name: middle(all_) for name, all_ in results.items()}


def call(url, path, body=None, method="GET", key=None):
    request = urllib.request.Request(
        url + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {load.KEY}", "Content-Type": "application/json",
                 **({"Idempotency-Key": key} if key else {})})
    return urllib.request.urlopen(request, timeout=30).read()


def metric(router, start):
    """The sum of a metric's series that begin so."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{router.admin_port}/metrics", timeout=30).read().decode()
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(start))


def made(router):
    return int(metric(router, 'payrouter_payments_total{status="created"'))


def percentile(values, share):
    """The value below which this share of all lies; NaN without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Running:
    """Load in the background."""

    def __init__(self, router, callers, seconds):
        self.arguments = (router.url, callers, seconds)

    def __enter__(self):
        self.thread = threading.Thread(target=load.pay, args=self.arguments)
        self.thread.start()

    def __exit__(self, *_):
        self.thread.join()
