"""nginx with fixed answers: the operators, an endpoint for webhooks, and a proxy of its own as the ceiling."""
import subprocess

from . import machine

ANSWERS = """
      default_type application/json;
      location = /login { return 200 '{"statut":{"code":"2000"},"data":{"token":"bench"}}'; }
      location = /tmoney-middleware/debit { return 200 '{"code":"2000","message":"accepted"}'; }
      location = /tmoney-middleware/transactionid { return 200 '{"total":0,"data":[]}'; }
      location = /v1/payment_intents { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"requires_confirmation","livemode":false}'; }
      location = /v1/payment_intents/pi_bench/confirm { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
      location = /v1/payment_intents/pi_bench { return 200 '{"id":"pi_bench","object":"payment_intent","amount":5000,"currency":"usd","status":"processing","livemode":false}'; }
      location = /hook { return 204; }
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
        with open(f"{folder}/nginx.conf", "w") as file:
            file.write(f"""
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; daemon off;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_requests 100000000;
  log_format reused '$ssl_session_reused';
  server {{ listen 127.0.0.1:{plain} backlog=4096; {ANSWERS} }}
  server {{ listen 127.0.0.1:{secure} ssl backlog=4096; ssl_certificate {self.authority};
    ssl_certificate_key {folder}/key.pem; ssl_session_cache shared:bench:10m;
    access_log {self.tls_log} reused buffer=64k flush=1s; {ANSWERS} }}
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
