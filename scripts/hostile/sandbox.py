"""The load generator against a server that misbehaves as told: it leaves nothing out, and comes back no sooner than told."""
import asyncio
import collections
import threading
import time

from openloop.load import Load

ACCEPTED = b'HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\n{"id":"pay_1"}'
REFUSED = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Answers everything with `answer`; stands still for `still` seconds after `begins` seconds. `seen` are the moments
    at which each idempotency key came."""

    def __init__(self, answer, begins=0, still=0):
        self.answer, self.still, self.begins = answer, still, begins
        self.seen, ready = collections.defaultdict(list), threading.Event()
        self.loop = asyncio.new_event_loop()

        def run():
            server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            if still:
                # The loop has one thread; while it sleeps nobody is answered.
                self.loop.call_later(begins, time.sleep, still)
            ready.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        ready.wait(10)

    async def _serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                fields = dict(line.split(": ", 1) for line in head if ": " in line)
                await reader.readexactly(int(fields.get("Content-Length", 0)))
                self.seen[fields.get("Idempotency-Key")].append(time.monotonic())
                writer.write(self.answer)
        except (OSError, EOFError, asyncio.CancelledError):
            writer.close()

    def stop(self):
        def end():
            for task in asyncio.all_tasks(self.loop):
                task.cancel()
            # Once they had their turn.
            self.loop.call_later(0.05, self.loop.stop)

        self.loop.call_soon_threadsafe(end)
        self.thread.join(5)
        self.loop.close()


def stall():
    """How many of 100 arrivals during a stall of a second waited longer than a fifth of one."""
    server = Server(ACCEPTED, begins=0.5, still=1)
    tally = Load(server.port, seconds=2, rate=100).run()
    server.stop()
    return sum(milliseconds > 200 for milliseconds in tally.accepted_ms)


def obeys():
    """Whether refused callers came back, none of them in less than the second they were told, at the rate asked for."""
    server = Server(REFUSED)
    tally = Load(server.port, seconds=3, rate=100).run()
    server.stop()
    gaps = [later - earlier for moments in server.seen.values() for earlier, later in zip(moments, moments[1:])]
    tries = max(len(moments) for moments in server.seen.values())
    return int(len(gaps) > 50 and min(gaps) >= 0.99 and tries == 3 and abs(tally.offered - 300) <= 2)
