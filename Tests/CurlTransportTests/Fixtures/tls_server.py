"""A TLS server for tests: one line on standard output per thing that happened.

Usage: tls_server.py CERTIFICATE KEY BEHAVIOUR
"""

import os
import socket
import ssl
import sys
import threading

# Another test's descriptors may have slipped in.
os.closerange(3, 4096)
certificate, key, behaviour = sys.argv[1:4]
lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def make_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if behaviour == "tls1.1":
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    if behaviour.endswith("1.2"):
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def read_request(stream):
    data = b""
    while b"\r\n\r\n" not in data:
        part = stream.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        part = stream.recv(65536)
        if not part:
            return None
        body += part
    return head.split(b" ")[1].decode()


def serve(connection, context):
    try:
        stream = context.wrap_socket(connection, server_side=True)
    except (ssl.SSLError, OSError):
        say("refused")
        connection.close()
        return
    try:
        while True:
            path = read_request(stream)
            if path is None:
                break
            resumed = "resumed" if stream.session_reused else "full"
            say("request", path, resumed, stream.version(), stream.selected_alpn_protocol() or "-")
            if behaviour.startswith("cut"):
                stream.sendall(b"HTTP/1.1 200 OK\r\n\r\nhalf of it")
                break
            if behaviour.startswith("farewell"):
                stream.sendall(b"HTTP/1.1 200 OK\r\n\r\nall of it")
                stream.unwrap()
                break
            if behaviour == "close":
                break
            stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    except (ssl.SSLError, OSError):
        pass
    connection_gone(stream)


def connection_gone(stream):
    # Closes the socket without the farewell of TLS, as a crash would.
    try:
        stream.close()
    except OSError:
        pass


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(64)
context = make_context()
say("ready", listener.getsockname()[1])


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted, context), daemon=True).start()
