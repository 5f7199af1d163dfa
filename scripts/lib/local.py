"""What every script needs that talks with a router on this machine: free ports, and calls that answer with JSON."""
import json
import random
import socket
import urllib.error
import urllib.request

# Below the range from which the system takes ports for outgoing connections; one of those could take a port between
# our look and the server's.
FIRST, LAST = 10_000, 32_767
_given = set()


def free_port():
    """A port of 127.0.0.1 on which nobody listens, never the same one twice."""
    chance = random.SystemRandom()
    for _ in range(1_000):
        port = chance.randint(FIRST, LAST)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise RuntimeError(f"no port from {FIRST} to {LAST} is free on 127.0.0.1")


def call(url, method="GET", body=None, key=None, headers=None, timeout=15):
    """Sends JSON with an app's key; a refusal is an answer like any other.

    Answers with status and JSON, `None` where there is none. Raises OSError, HTTPException or ValueError if no whole answer came.
    """
    request = urllib.request.Request(
        url, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={**({"Authorization": f"Bearer {key}"} if key else {}), "Content-Type": "application/json",
                 **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)
