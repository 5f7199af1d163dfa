"""A mail server for tests: one line of JSON on standard output per thing that happened.

Usage: mail_server.py MODE CERTIFICATE KEY

MODE is starttls, tls, plain, or deaf (which offers neither TLS nor a login). What it says depends on whom a mail is for: the part
before the @ names the answer.
"""

import asyncio
import base64
import json
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

# Another test's descriptors may have slipped in.
os.closerange(3, 4096)
mode, certificate, key = sys.argv[1:4]

AT_RCPT = {"unknown": "550 5.1.1 nobody@here.example is unknown", "busy": "450 4.2.1 try again",
           "unauthorised": "530 5.7.0 log in first"}
AT_DATA = {"full": "552 5.2.2 full", "later": "451 4.3.0 later", "spam": "554 5.7.1 no"}


def say(**event):
    print(json.dumps(event), flush=True)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        say(event="hello", name=hostname, tls=server.transport.get_extra_info("sslcontext") is not None)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        say(event="mail", address=address)
        if address.startswith("banned@"):
            return "553 5.7.1 not from you"
        if address.startswith("greylisted@"):
            return "451 4.7.1 in five minutes"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.partition("@")[0]
        say(event="rcpt", address=address)
        if name == "cut":
            server.transport.abort()
            return "250 OK"
        if name == "silent":
            await asyncio.Event().wait()
        if name in AT_RCPT:
            return AT_RCPT[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].partition("@")[0]
        say(event="message", sender=envelope.mail_from, recipients=envelope.rcpt_tos,
            user=session.auth_data.login.decode() if session.auth_data else None,
            tls=server.transport.get_extra_info("sslcontext") is not None,
            content=base64.b64encode(envelope.original_content).decode())
        if name == "cutlate":
            server.transport.abort()
        if name == "silentlate":
            await asyncio.Event().wait()
        return AT_DATA.get(name, "250 2.0.0 taken")

    async def handle_QUIT(self, server, session, envelope):
        say(event="quit")
        return "221 bye"


def authenticate(server, session, envelope, mechanism, data):
    say(event="login", mechanism=mechanism, user=data.login.decode())
    if data.login == b"locked":
        return AuthResult(success=False, handled=False, message="454 4.7.0 not now")
    return AuthResult(success=(data.login, data.password) == (b"shop", b"se:cr\"et \xc3\xa9"), handled=False, auth_data=data)


def make_server(context):
    asks = mode != "deaf"
    return SMTP(
        Handler(), hostname="mail.test", tls_context=context if mode == "starttls" else None,
        require_starttls=mode == "starttls", authenticator=authenticate if asks else None, auth_required=asks,
        auth_require_tls=mode == "starttls", auth_exclude_mechanism=() if asks else ("LOGIN", "PLAIN"))


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = await asyncio.get_running_loop().create_server(
        lambda: make_server(context), "127.0.0.1", 0, ssl=context if mode == "tls" else None)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
asyncio.run(main())
