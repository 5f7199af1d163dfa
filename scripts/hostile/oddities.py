"""Requests as no library sends them, over raw sockets: each is answered once, as the standard says, and stays in step."""
import dataclasses
import json
import uuid

from .common import pair
from .verdict import Check, Limit
from .wire import HOST, KEYED, Reply, send

GET = b"GET /health/live HTTP/1.1\r\n" + HOST
NEXT = GET + b"\r\n"
POST = b"POST /v1/payments HTTP/1.1\r\n" + HOST
CHUNKED = b"Transfer-Encoding: chunked\r\n"
JSON = b"Content-Type: application/json\r\n"
ORDER = json.dumps({"amount": 5_000, "currency": "XOF", "channel": "tmoney",
                    "customer": {"phone": "+22890000001"}}).encode()


def keyed(headers, body, version=b"1.1"):
    """A payment with a key; `headers` say what its body is."""
    return (b"POST /v1/payments HTTP/" + version + b"\r\n" + HOST + KEYED
            + b"Idempotency-Key: " + uuid.uuid4().hex.encode() + b"\r\n" + headers
            + b"Content-Length: %d\r\n\r\n" % len(body) + body)


@dataclasses.dataclass
class Case:
    """Bytes to send and what must come back: `judge(reply)` is true if it did."""

    name: str
    data: bytes
    judge: object
    heads: tuple = ()
    wait: float = 1.5
    expected: int = 2


def only(*statuses):
    """One answer with one of these, then the end of the connection: nothing after it was taken for a request."""
    return lambda reply: len(reply.answers) == 1 and reply.statuses[0] in statuses and reply.closed and not reply.rest


def first(*statuses):
    return lambda reply: reply.statuses[:1] != [] and reply.statuses[0] in statuses and not reply.rest


def once(reply):
    """At most one answer, and the hidden request was not among what was answered."""
    return len(reply.answers) == 1 and not reply.rest and 400 <= reply.statuses[0] < 500


def in_step(reply):
    """Two requests, two answers, the second for the second request."""
    return len(reply.answers) == 2 and reply.statuses[1] == 200 and not reply.rest


FRAMING = [
    Case("length and chunks", POST + KEYED + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + NEXT, only(400)),
    Case("chunks and length", POST + KEYED + CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + NEXT, only(400)),
    Case("two different lengths", POST + b"Content-Length: 2\r\nContent-Length: 44\r\n\r\n{}" + NEXT, only(400)),
    Case("one length twice", POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", first(400, 401)),
    Case("a list of lengths", POST + b"Content-Length: 2, 2\r\n\r\n{}", only(400)),
    Case("a signed length", POST + b"Content-Length: +2\r\n\r\n{}", only(400)),
    Case("a negative length", POST + b"Content-Length: -1\r\n\r\n{}", only(400)),
    Case("a length beyond all numbers", POST + b"Content-Length: 99999999999999999999999\r\n\r\n{}", only(400)),
    Case("a space before the colon", POST + b"Content-Length : 2\r\n\r\n{}", only(400)),
    Case("an unknown coding", POST + KEYED + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + NEXT, only(400, 501)),
    Case("chunked is not the last coding", POST + KEYED + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", only(400, 501)),
    Case("a folded coding", POST + KEYED + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + NEXT, only(400)),
    Case("a folded header", GET + b"X-A: b\r\n c\r\n\r\n", only(400)),
    Case("lines that end without CR", b"GET /health/live HTTP/1.1\nHost: x\nX-B: y\n\n", only(400)),
    Case("one line that ends without CR", b"GET /health/live HTTP/1.1\r\nHost: x\nX-B: y\r\n\r\n", only(400)),
    Case("a CR inside a value", GET + b"X-A: a\rb: c\r\n\r\n", only(400)),
    Case("a NUL inside a value", GET + b"X-A: a\x00b\r\n\r\n", only(400)),
    Case("a chunk extension", POST + KEYED + CHUNKED + b"\r\n2;a=b\r\n{}\r\n0\r\n\r\n" + NEXT, in_step),
    Case("a chunk extension that ends without CR", POST + KEYED + CHUNKED + b"\r\n2;\nxx\r\n{}\r\n0\r\n\r\n" + NEXT, once),
    Case("chunk sizes that end without CR", POST + KEYED + CHUNKED + b"\r\n2\n{}\n0\n\n" + NEXT, only(400)),
    Case("a negative chunk", POST + KEYED + CHUNKED + b"\r\n-2\r\n{}\r\n0\r\n\r\n" + NEXT, only(400)),
    Case("a chunk beyond all numbers", POST + KEYED + CHUNKED + b"\r\nffffffffffffffff2\r\n{}\r\n0\r\n\r\n", only(400)),
    Case("a key among the trailers", POST + CHUNKED + b"\r\n2\r\n{}\r\n0\r\n" + KEYED + b"\r\n", first(400, 401)),
    Case("a head of 33 kB", GET + b"X-A: " + b"a" * 33_000 + b"\r\n\r\n", only(400, 431)),
    Case("ten thousand headers", GET + b"".join(b"X%d: a\r\n" % n for n in range(10_000)) + b"\r\n", only(400, 431)),
    Case("five requests at once", NEXT * 5, lambda reply: reply.statuses == [200] * 5 and not reply.rest, expected=5),
    Case("a body that a read does not want", GET + b"Content-Length: 10\r\n\r\n0123456789" + NEXT, in_step),
]
TOO_LARGE = [
    Case("300 kB announced and sent", POST + KEYED + b"Content-Length: 300000\r\n\r\n" + b"a" * 300_000 + NEXT, only(413)),
    Case("600 kB announced, requests inside", POST + KEYED + b"Content-Length: 600000\r\n\r\n" + b"a" * 270_000 + NEXT * 3,
         only(413)),
]
HOSTS = [
    Case("no Host", b"GET /health/live HTTP/1.1\r\n\r\n", first(400)),
    Case("two Hosts", b"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", first(400)),
    Case("one Host twice", b"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", first(400)),
]
OLD = [
    Case("HTTP/1.0 with chunks", b"POST /v1/payments HTTP/1.0\r\n" + HOST + KEYED + CHUNKED + b"\r\n0\r\n\r\n" + NEXT,
         only(400)),
]
CODINGS = [
    Case(name, keyed(headers, ORDER), first(415), expected=1) for name, headers in (
        ("gzip", JSON + b"Content-Encoding: gzip\r\n"), ("br", JSON + b"Content-Encoding: br\r\n"),
        ("UTF-16", b"Content-Type: application/json; charset=utf-16\r\n"),
        ("Latin-1", b"Content-Type: application/json; charset=latin1\r\n"))
] + [Case("UTF-8 is no foreign charset", keyed(b"Content-Type: application/json; charset=UTF-8\r\n", ORDER), first(201),
          expected=1)]
PATHS = [
    Case(path, b"GET " + path.encode() + b" HTTP/1.1\r\n" + HOST + KEYED + b"Connection: close\r\n\r\n", first(404), expected=1)
    for path in ("//metrics", "/metrics/", "//v1//payments", "/v1//payments", "//health//live", "/health/live/")
]
EXPECT = [
    Case("Expect: 100-continue", POST + KEYED + JSON + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(ORDER),
         lambda reply: reply.statuses == [100] or first(400, 401, 413, 417)(reply), expected=1),
    Case("an expectation nobody knows", POST + KEYED + JSON + b"Expect: xx\r\nContent-Length: 2\r\n\r\n{}", first(400, 417), expected=1),
]


def heads(router):
    """`HEAD` of what has a body, and of a stream, each followed by another request."""
    _, path, secret = router.hosted()
    stream = f"HEAD {path}/events?t={secret} HTTP/1.1\r\n".encode() + HOST + b"\r\n"
    return [
        Case("HEAD of a stream", stream + NEXT, in_step, heads=(0,), wait=3),
        Case("HEAD of the documentation", b"HEAD /docs HTTP/1.1\r\n" + HOST + b"\r\n" + NEXT, in_step, heads=(0,)),
        Case("HEAD of a payer's page", f"HEAD {path}?t={secret} HTTP/1.1\r\n".encode() + HOST + b"\r\n" + NEXT, in_step,
             heads=(0,)),
    ]


GROUPS = (
    (Limit("HTTP: framing that two readers could read differently, answered otherwise than once", "cases", most=0), FRAMING),
    (Limit("HTTP: bodies that are too large and do not end in 413 and a close", "cases", most=0), TOO_LARGE),
    (Limit("HTTP: a missing or doubled Host that is not answered 400", "cases", most=0), HOSTS),
    (Limit("HTTP: HTTP/1.0 with Transfer-Encoding that is not answered 400", "cases", most=0), OLD),
    (Limit("HTTP: codings and foreign charsets that are not answered 415", "cases", most=0), CODINGS),
    (Limit("HTTP: other spellings of a path that are not answered 404", "cases", most=0), PATHS),
    (Limit("HTTP: expectations that are not answered", "cases", most=0), EXPECT),
    (Limit("HTTP: HEAD with a body, or out of step after it", "cases", most=0), heads),
)


def run(bench):
    _, router = pair(bench)
    verdicts = []
    for limit, cases in GROUPS:
        wrong = []
        for case in cases(router) if callable(cases) else cases:
            reply = send(router.port, case.data, case.wait, case.expected, case.heads)
            if not case.judge(reply):
                wrong.append(f"{case.name} {reply}")
        verdicts.append(limit.judge(len(wrong), "; ".join(wrong)))
    return verdicts


def _unseen():
    """Cases that are content with an answer that is certainly wrong: none at all, or a leftover of another one."""
    bad = (Reply([], b"", False), Reply([(500, {}, b"")], b"", True), Reply([(200, {}, b"")], b"x" * 9, False))
    cases = [case for _, group in GROUPS if not callable(group) for case in group]
    return sum(any(case.judge(reply) for reply in bad) for case in cases)


def _step():
    """A body after a HEAD is seen: the reader of answers finds something left over."""
    from .wire import read
    answers, rest = read(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n7\r\nretry: 2\r\n\r\n", (0,))
    return int(not in_step(Reply(answers, rest, False)))


CHECKS = [Check("HTTP oddities", run, tuple(limit for limit, _ in GROUPS), seconds=40, planted=(
    ("no case is content with a wrong answer", lambda: int(_unseen() == 0), 1),
    ("a body after a HEAD is seen", _step, 1)))]
