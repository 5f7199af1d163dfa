"""Many HTTP exchanges at once in one thread: non-blocking sockets, epoll, and connections that are used again."""
import collections
import errno
import select
import socket
import time

# What an exchange may end with instead of a status.
REFUSED, BROKEN, TIMEOUT = "connection refused", "connection broken", "timeout"


class Exchange:
    """One request; `intended` is when it should have left, on the clock of `time.monotonic`."""

    __slots__ = ("request", "intended", "left", "done", "connection", "again", "then", "tag")

    def __init__(self, request, intended, then, tag=None):
        self.request, self.intended, self.then, self.tag = request, intended, then, tag
        self.left = self.connection = None
        self.done = self.again = False


class _Connection:
    __slots__ = ("socket", "number", "exchange", "got", "opened", "used")

    def __init__(self, link, exchange):
        self.socket, self.number, self.exchange = link, link.fileno(), exchange
        self.got, self.opened, self.used = b"", False, 0


class Engine:
    """Keeps at most `bound` connections; what finds none waits in order, and its waiting counts as latency.

    Connections come from `sources` addresses of the loopback network in turn, as callers come from several machines.
    `then(exchange, outcome, head, body)` hears of the end; the outcome is a status or one of the words above.
    """

    def __init__(self, port, bound=1_000, sources=1, timeout=30):
        self.port, self.bound, self.timeout = port, bound, timeout
        self.sources = [f"127.0.0.{1 + place}" for place in range(sources)]
        self.poll, self.connections, self.idle = select.epoll(), {}, []
        self.waiting, self.deadlines = collections.deque(), collections.deque()
        self.active = self.peak = self.opened = 0

    def submit(self, exchange):
        self.active += 1
        self.deadlines.append((exchange.intended + self.timeout, exchange))
        self._dispatch(exchange)

    def turn(self, seconds):
        """Waits at most this long for something to happen, and deals with it."""
        for number, event in self.poll.poll(max(0, seconds), 512):
            connection = self.connections.get(number)
            if connection is None:
                continue
            if not connection.opened:
                self._opened(connection)
            elif event & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
                self._readable(connection)
        now = time.monotonic()
        while self.deadlines and (self.deadlines[0][0] <= now or self.deadlines[0][1].done):
            exchange = self.deadlines.popleft()[1]
            if exchange.done:
                continue
            if exchange.connection:
                self._close(exchange.connection)
            self._end(exchange, TIMEOUT)

    def close(self):
        for connection in list(self.connections.values()):
            self._close(connection)
        self.poll.close()

    def _dispatch(self, exchange):
        while self.idle:
            connection = self.idle.pop()
            if connection.number in self.connections:
                connection.exchange = exchange
                exchange.connection = connection
                self._send(connection)
                return
        if len(self.connections) < self.bound:
            self._connect(exchange)
        else:
            self.waiting.append(exchange)

    def _connect(self, exchange):
        link = socket.socket()
        link.setblocking(False)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if len(self.sources) > 1:
                link.setsockopt(socket.IPPROTO_IP, getattr(socket, "IP_BIND_ADDRESS_NO_PORT", 24), 1)
                link.bind((self.sources[self.opened % len(self.sources)], 0))
            failure = link.connect_ex(("127.0.0.1", self.port))
        except OSError as error:
            failure = error.errno
        if failure not in (0, errno.EINPROGRESS):
            link.close()
            self._end(exchange, REFUSED)
            return
        connection = _Connection(link, exchange)
        exchange.connection = connection
        self.connections[connection.number] = connection
        self.opened += 1
        self.peak = max(self.peak, len(self.connections))
        self.poll.register(connection.number, select.EPOLLOUT)

    def _opened(self, connection):
        if connection.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            exchange = connection.exchange
            self._close(connection)
            self._end(exchange, REFUSED)
            return
        connection.opened = True
        self.poll.modify(connection.number, select.EPOLLIN)
        self._send(connection)

    def _send(self, connection):
        exchange = connection.exchange
        exchange.left = time.monotonic()
        try:
            # A request is far smaller than a socket's buffer; it goes at once or not at all.
            connection.socket.send(exchange.request)
        except OSError:
            self._broken(connection)

    def _readable(self, connection):
        try:
            data = connection.socket.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._broken(connection)
            return
        got = connection.got + data if connection.got else data
        end = got.find(b"\r\n\r\n")
        if end < 0:
            connection.got = got
            return
        head = got[:end].lower()
        place = head.find(b"\r\ncontent-length:")
        length = int(head[place + 17:].split(b"\r\n", 1)[0]) if place >= 0 else 0
        if len(got) < end + 4 + length:
            connection.got = got
            return
        connection.got = b""
        exchange, connection.exchange = connection.exchange, None
        if exchange is None:
            # Said without being asked, such as a refusal of the connection itself: the next request finds it closed.
            self._close(connection)
            return
        connection.used += 1
        if b"\r\nconnection: close" in head:
            self._close(connection)
        else:
            self._free(connection)
        self._end(exchange, int(head[9:12]), head, got[end + 4:end + 4 + length])

    def _free(self, connection):
        while self.waiting:
            exchange = self.waiting.popleft()
            if not exchange.done:
                connection.exchange = exchange
                exchange.connection = connection
                self._send(connection)
                return
        self.idle.append(connection)

    def _broken(self, connection):
        """A kept connection that the other side closed is no answer: its request goes once more over a fresh one."""
        exchange, used = connection.exchange, connection.used
        self._close(connection)
        if exchange is None or exchange.done:
            return
        if used and not exchange.again:
            exchange.again = True
            self._connect(exchange)
        else:
            self._end(exchange, BROKEN)

    def _close(self, connection):
        if self.connections.pop(connection.number, None) is None:
            return
        self.poll.unregister(connection.number)
        connection.socket.close()
        # Whoever waits for a connection may open one in its place.
        while self.waiting and len(self.connections) < self.bound:
            exchange = self.waiting.popleft()
            if not exchange.done:
                self._connect(exchange)
                break

    def _end(self, exchange, outcome, head=b"", body=b""):
        if exchange.done:
            return
        exchange.done = True
        self.active -= 1
        exchange.then(exchange, outcome, head, body)
