"""What a shop would write: one insert, one call to the operator, one update. Served by gunicorn."""
import os, sqlite3, threading, uuid

import flask, requests

app = flask.Flask(__name__)
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], timeout=30, isolation_level=None)
        local.connection.execute("PRAGMA journal_mode=WAL")
        local.connection.execute("PRAGMA synchronous=FULL")
        local.connection.execute("CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, key TEXT UNIQUE, amount INTEGER, status TEXT)")
    return local.connection


@app.post("/v1/payments")
def create():
    name, order = str(uuid.uuid4()), flask.request.get_json()
    database().execute("INSERT INTO payments VALUES (?,?,?,?)", (name, flask.request.headers["Idempotency-Key"], order["amount"], "sending"))
    answer = requests.post(os.environ["FLOOR_OPERATOR"] + "/tmoney-middleware/debit", json={"idRequete": name, "montant": order["amount"]}, timeout=30).json()
    status = "awaiting_customer" if answer["code"] == "2000" else "failed"
    database().execute("UPDATE payments SET status = ? WHERE id = ?", (status, name))
    return {"id": name, "status": status}, 201
