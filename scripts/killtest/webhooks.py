"""Where webhooks arrive."""
import base64
import hashlib
import hmac
import http.server
import json
import threading


class Receiver:
    """Hears webhooks; answers some of them with an error, so that they come again."""

    def __init__(self, port, dice):
        self.url = f"http://127.0.0.1:{port}/hooks"
        self.secrets, self.errors, self._events, self._lock, self._dice = [], [], {}, threading.Lock(), dice
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(outer.take(body, self.headers))
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 128

        self._server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def trust(self, secret):
        """Takes an endpoint's secret, `whsec_...`; each app has its own."""
        self.secrets.append(base64.b64decode(secret.removeprefix("whsec_") + "=="))

    def take(self, body, headers):
        """Keeps an event; the status to answer with."""
        name, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        with self._lock:
            if self.secrets:
                signed = f"{name}.{stamp}.".encode() + body
                macs = [base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
                        for secret in self.secrets]
                if not {f"v1,{mac}" for mac in macs} & set(headers["webhook-signature"].split(" ")):
                    self.errors.append(f"bad signature on {name}")
            if self._events.get(name, body) != body:
                self.errors.append(f"{name} came with other bytes")
            refuse = name not in self._events and self._dice.random() < 0.1
            if not refuse:
                self._events[name] = body
        return 500 if refuse else 204

    def told(self):
        """Every event heard: its id and what it said."""
        with self._lock:
            kept = list(self._events.items())
        return [(name, json.loads(body)) for name, body in kept]
