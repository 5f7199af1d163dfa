"""HTTP by hand: bytes as they are, and answers as a strict client reads them."""
import socket
import time

HOST = b"Host: router.example\r\n"
KEYED = b"Authorization: Bearer sk_sandbox_demo\r\n"


class Reply:
    """Everything that came back: whole answers as (status, headers, body), what was left over, whether it was closed."""

    def __init__(self, answers, rest, closed):
        self.answers, self.rest, self.closed = answers, rest, closed

    @property
    def statuses(self):
        return [status for status, _, _ in self.answers]

    def __repr__(self):
        return f"{self.statuses}{' + ' + repr(self.rest[:40]) if self.rest else ''}{' closed' if self.closed else ''}"


def send(port, data, wait=1.0, expected=None, heads=(), source=None):
    """Sends bytes and reads until it is closed, `expected` whole answers came and a moment passed, or `wait` is over."""
    link = socket.create_connection(("127.0.0.1", port), 5, source_address=(source, 0) if source else None)
    got, closed, until = b"", False, time.monotonic() + wait
    try:
        link.settimeout(5)
        try:
            link.sendall(data)
        except OSError:
            closed = True
        while time.monotonic() < until:
            link.settimeout(max(0.01, until - time.monotonic()))
            try:
                more = link.recv(65_536)
            except TimeoutError:
                break
            except OSError:
                closed = True
                break
            if not more:
                closed = True
                break
            got += more
            if expected and len(read(got, heads)[0]) >= expected:
                until = min(until, time.monotonic() + 0.15)
    finally:
        link.close()
    return Reply(*read(got, heads), closed)


def read(data, heads=()):
    """Whole answers in `data` and what follows them. `heads` are the places of answers to HEAD, which have no body."""
    answers = []
    while True:
        end = data.find(b"\r\n\r\n")
        if end < 0 or not data.startswith(b"HTTP/1."):
            return answers, data
        lines = data[:end].split(b"\r\n")
        status = int(lines[0].split(b" ")[1])
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            fields.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
        after = data[end + 4:]
        final = [one for one in answers if one[0] >= 200]
        if status < 200 or status in (204, 304) or len(final) in heads:
            body, data = b"", after
        elif fields.get("transfer-encoding", "").lower() == "chunked":
            body, data = _chunks(after)
            if body is None:
                return answers, after
        else:
            length = int(fields.get("content-length", 0))
            if len(after) < length:
                return answers, data
            body, data = after[:length], after[length:]
        answers.append((status, fields, body))


def _chunks(data):
    body = b""
    while True:
        line, found, data = data.partition(b"\r\n")
        if not found:
            return None, data
        size = int(line.split(b";")[0], 16)
        if len(data) < size + 2:
            return None, data
        body, data = body + data[:size], data[size + 2:]
        if size == 0:
            return body, data
