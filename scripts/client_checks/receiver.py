"""A shop's server: keeps what is delivered to it."""

import http.server
import threading
import time

from .running import free_port


class Delivery:
    """One request as it came."""

    def __init__(self, path, headers, body):
        self.path = path
        self.headers = headers
        self.body = body


class Receiver:
    """Answers 204, or what was planned for the next request at a path."""

    def __init__(self):
        self.arrived = []
        self.planned = {}
        self.changed = threading.Condition()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with outer.changed:
                    outer.arrived.append(Delivery(self.path, dict(self.headers.items()), body))
                    waiting = outer.planned.get(self.path, [])
                    status = waiting.pop(0) if waiting else 204
                    outer.changed.notify_all()
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def plan(self, path, *statuses):
        """What the next requests at a path are answered with."""
        with self.changed:
            self.planned[path] = list(statuses)

    def at(self, path):
        with self.changed:
            return [delivery for delivery in self.arrived if delivery.path == path]

    def wait(self, path, count=1, seconds=30, fits=lambda delivery: True):
        """What arrived at a path, once so many fit; whatever there is when time is up."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                found = [delivery for delivery in self.arrived if delivery.path == path and fits(delivery)]
                left = end - time.monotonic()
                if len(found) >= count or left <= 0:
                    return found
                self.changed.wait(left)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
