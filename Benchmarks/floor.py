"""What a shop would write: one insert, one call to the operator, one update. Served by gunicorn.

Twice: as Flask's documentation shows SQLite (a connection per request, closed at its end), and tuned (a connection kept
per process, write-ahead log). FLOOR_STYLE is `documented` or `tuned`. Both flush every commit.
"""
import os, sqlite3, uuid

import flask, requests

app = flask.Flask(__name__)
tuned = os.environ["FLOOR_STYLE"] == "tuned"
kept = []


def connect():
    connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], timeout=30)
    if tuned:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, key TEXT UNIQUE, amount INTEGER, status TEXT)")
    return connection


def database():
    if tuned:
        if not kept:
            kept.append(connect())
        return kept[0]
    if "database" not in flask.g:
        flask.g.database = connect()
    return flask.g.database


@app.teardown_appcontext
def close(_):
    connection = flask.g.pop("database", None)
    if connection is not None:
        connection.close()


@app.post("/v1/payments")
def create():
    name, order = str(uuid.uuid4()), flask.request.get_json()
    with database() as connection:
        connection.execute("INSERT INTO payments VALUES (?,?,?,?)", (name, flask.request.headers["Idempotency-Key"], order["amount"], "sending"))
    answer = requests.post(os.environ["FLOOR_OPERATOR"] + "/tmoney-middleware/debit", json={"idRequete": name, "montant": order["amount"]}, timeout=30).json()
    status = "awaiting_customer" if answer["code"] == "2000" else "failed"
    with database() as connection:
        connection.execute("UPDATE payments SET status = ? WHERE id = ?", (status, name))
    return {"id": name, "status": status}, 201
