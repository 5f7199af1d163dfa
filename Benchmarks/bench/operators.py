"""nginx with fixed answers: the operators, an endpoint for webhooks, and a proxy of its own as the ceiling."""
import subprocess

import time

from . import machine

# An identifier's first ten characters are the millisecond in which it was made, in this alphabet.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ANSWERS = """
      default_type application/json;
      location = /login { return 200 '{"statut":{"code":"2000"},"data":{"token":"bench"}}'; }
      location = /tmoney-middleware/debit { return 200 '{"code":"2000","message":"accepted"}'; }
      location = /tmoney-middleware/transactionid { return 200 '{"total":0,"data":[]}'; }
      location = /v1/payment_intents { return 200 '{"id":"pi_$request_id","object":"payment_intent","amount":5000,"currency":"usd","status":"requires_confirmation","livemode":false}'; }
      location ~ ^/v1/payment_intents/(?<intent>pi_[0-9a-z]+)/confirm$ {
        access_log CONFIRMED confirmed buffer=64k flush=1s;
        return 200 '{"id":"$intent","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
      location ~ ^/v1/payment_intents/(?<intent>pi_[0-9a-z]+)$ { return 200 '{"id":"$intent","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
      location = /hook { access_log HEARD heard buffer=64k flush=1s; return 204; }
"""


class Operators:
    """Where they listen: in the clear, with TLS, and as a proxy to the first."""

    def __init__(self):
        folder = machine.FOLDER
        plain, secure, proxy = (machine.free_port() for _ in range(3))
        self.url, self.secure_url = f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{secure}"
        self.proxy_url, self.authority = f"http://127.0.0.1:{proxy}", f"{folder}/cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-keyout", f"{folder}/key.pem", "-out", self.authority, "-subj", "/CN=127.0.0.1", "-addext",
             "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        self.tls_log = f"{folder}/tls.log"
        self._heard, self._confirmed = f"{folder}/heard.log", f"{folder}/confirmed.log"
        answers = ANSWERS.replace("HEARD", self._heard).replace("CONFIRMED", self._confirmed)
        with open(f"{folder}/nginx.conf", "w") as file:
            file.write(f"""
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; daemon off;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_requests 100000000;
  log_format reused '$ssl_session_reused';
  log_format heard '$msec $http_webhook_id';
  log_format confirmed '$intent $http_idempotency_key';
  server {{ listen 127.0.0.1:{plain} backlog=4096; {answers} }}
  server {{ listen 127.0.0.1:{secure} ssl backlog=4096; ssl_certificate {self.authority};
    ssl_certificate_key {folder}/key.pem; ssl_session_cache shared:bench:10m;
    access_log {self.tls_log} reused buffer=64k flush=1s; {answers} }}
  server {{ listen 127.0.0.1:{proxy} backlog=4096;
    location / {{ rewrite ^ /tmoney-middleware/debit break; proxy_pass http://127.0.0.1:{plain}; }} }}
}}
""")
        machine.spawn(["nginx", "-c", f"{folder}/nginx.conf"])
        machine.wait_for(self.url + "/login")

    def resumed(self):
        """The share of TLS handshakes so far that went on with an earlier session."""
        lines = open(self.tls_log).read().split("\n")
        marks = [line for line in lines if line in ("r", ".")]
        return marks.count("r") / len(marks) if marks else 0.0

    @staticmethod
    def _lines(path):
        # nginx keeps lines back for a second at most.
        time.sleep(1.2)
        with open(path) as file:
            return [line.split() for line in file.read().splitlines()]

    def heard(self):
        """Deliveries of events so far: the second of each, and the event's id."""
        return self._lines(self._heard)

    def delays(self, after):
        """Milliseconds from each event to its first delivery, of all deliveries but so many."""
        first = {}
        for second, event in self.heard()[after:]:
            first.setdefault(event, float(second) * 1_000)
        return [at - _millisecond(event) for event, at in first.items()]

    def confirmed(self):
        """Card payments that were confirmed so far: the operator's id of each, and our reference."""
        return [(intent, key.removesuffix("-confirm")) for intent, key in self._lines(self._confirmed)]


def _millisecond(identifier):
    number = 0
    for character in identifier.split("_")[1][:10]:
        number = number * 32 + _LETTERS.index(character)
    return number
