"""Clients without a key that only hold connections, from several addresses of the loopback network."""
import errno
import socket
import threading
import time

BODY = b"POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n"
# What each kind says at first, and what it drips afterwards.
KINDS = {"body drips": (BODY, b" "), "head drips": (b"GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: ", b"a"),
         "chunks drip": (b"POST /v1/payments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
         "idle": (b"", b"")}


class Attackers(threading.Thread):
    """Holds `count` connections; whichever the router closes comes back at the next round, every `every` seconds."""

    def __init__(self, port, count, kind, sources=8, every=0.5):
        super().__init__(daemon=True)
        self.port, self.count, self.every, self.sources = port, count, every, sources
        self.first, self.drip = KINDS[kind]
        self.held, self.stop, self.opened, self.closed = [], threading.Event(), 0, 0
        self.ready = threading.Event()

    def run(self):
        while not self.stop.is_set():
            self._look()
            while len(self.held) < self.count and not self.stop.is_set():
                link = self._open()
                if link is None:
                    break
                self.held.append([link, False])
            self._speak()
            self.ready.set()
            self.stop.wait(self.every)
        for link, _ in self.held:
            link.close()

    def _open(self):
        link = socket.socket()
        link.setblocking(False)
        try:
            link.setsockopt(socket.IPPROTO_IP, getattr(socket, "IP_BIND_ADDRESS_NO_PORT", 24), 1)
            link.bind((f"127.0.0.{10 + self.opened % self.sources}", 0))
            failure = link.connect_ex(("127.0.0.1", self.port))
        except OSError as error:
            failure = error.errno
        if failure not in (0, errno.EINPROGRESS):
            link.close()
            return None
        self.opened += 1
        return link

    def _look(self):
        """Notices which connections the router closed or answered; those go, as their callers would."""
        left = []
        for entry in self.held:
            try:
                while entry[0].recv(4_096):
                    pass
            except BlockingIOError:
                left.append(entry)
                continue
            except OSError:
                pass
            entry[0].close()
            self.closed += 1
        self.held = left

    def _speak(self):
        for entry in self.held:
            said = self.drip if entry[1] else self.first
            try:
                if said:
                    entry[0].send(said)
                entry[1] = True
            except OSError:
                # Not connected yet, or closed: the next look tells.
                pass

    def finish(self):
        self.stop.set()
        self.join(30)


def lifetime(port, kind, seconds, first=None, count=10):
    """How long the router keeps the longest-lived of `count` connections of a kind; `seconds` if longer."""
    said, drip = KINDS[kind]
    links, begun, last = [], time.monotonic(), 0.0
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", port), 5)
        link.setblocking(False)
        if first or said:
            link.send(first or said)
        links.append(link)
    while links and time.monotonic() - begun < seconds:
        time.sleep(1)
        for link in list(links):
            try:
                if drip:
                    link.send(drip)
                if link.recv(65_536):
                    continue
            except BlockingIOError:
                continue
            except OSError:
                pass
            links.remove(link)
            link.close()
            last = time.monotonic() - begun
    for link in links:
        link.close()
    return seconds if links else last
