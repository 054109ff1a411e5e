"""A mail server that misbehaves as it is told, on loopback.

Reads JSON objects from standard input, one a line and one a server: `features` (lines of EHLO), `script`, a list of `[step, act]` pairs, `tls`
(`none`, `starttls` or `implicit`), `certificate` (`good`, `elsewhere`, `expired`) and `quiet`. A step is `greeting`, `EHLO`, `STARTTLS`, `TLS` (the
handshake), `EHLO2` (the one behind STARTTLS), `AUTH`, `secret` (what answers AUTH's 334), `MAIL`, `RCPT`, `DATA`, `body`, `RSET` or `QUIT`; steps
without an act are answered well, an act is used up by one use unless it is written `step*`. Acts: `text:ANSWER` sends those bytes
(with CRLF added), `raw:BYTES` sends bytes as they are (JSON escapes), `silence` never answers, `cut` closes the line, `reset`
resets it, `half` sends half a line and closes, `endless` sends lines of an answer until the client goes away.
Writes `{"port": …, "ca": …}` for each, and unless it is quiet one line for each thing it hears. Ends with its standard input.
"""

import base64
import functools
import json
import socket
import ssl
import struct
import sys
import tempfile
import threading
from pathlib import Path

lock = threading.Lock()
folder = tempfile.TemporaryDirectory()


def say(**line) -> None:
    with lock:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


@functools.cache
def certificate(kind: str) -> tuple[ssl.SSLContext, Path]:
    from certificates import make_certificates  # only where it is needed: it takes half a second

    place = Path(folder.name) / kind
    place.mkdir()
    return make_certificates(place, "elsewhere.example" if kind == "elsewhere" else "localhost", kind == "expired")


class Line(threading.Thread):
    """One connection."""

    answers = {
        "greeting": "220 mail.test", "AUTH": "235 2.7.0 Signed in", "secret": "235 2.7.0 Signed in",
        "MAIL": "250 2.1.0 Sender", "RCPT": "250 2.1.5 Recipient", "DATA": "354 Go on", "body": "250 2.0.0 Taken",
        "RSET": "250 Forgotten", "QUIT": "221 Bye", "STARTTLS": "220 Go on",
    }

    def __init__(self, connection: socket.socket, wish: dict, acts: list) -> None:
        super().__init__(daemon=True)
        self.connection, self.wish, self.acts = connection, wish, acts
        self.is_encrypted, self.is_secret, self.asked_for_body = False, False, False

    def run(self) -> None:
        try:
            if self.wish.get("tls") == "implicit":
                self.encrypt()
            self.reader = self.connection.makefile("rb")
            self.hear("connection")
            self.answer("greeting")
            while command := self.reader.readline():
                words = command.decode("utf-8", "replace").strip().split(" ")
                self.hear(" ".join(words))
                self.obey(words[0].upper())
        except OSError:
            pass
        finally:
            self.hear("end")
            self.connection.close()

    def obey(self, verb: str) -> None:
        if self.is_secret:
            self.is_secret = False
            return self.answer("secret")
        self.answer("EHLO2" if verb == "EHLO" and self.is_encrypted and self.wish["tls"] == "starttls" else verb)
        if verb == "STARTTLS" and self.asked_for_tls:
            self.encrypt()
            self.reader = self.connection.makefile("rb")
        if verb == "DATA" and self.asked_for_body:
            body = b""
            while line := self.reader.readline():
                body += line
                if line == b".\r\n":
                    self.hear("body", content=base64.b64encode(body).decode())
                    return self.answer("body")
            self.hear("no end of body")

    def encrypt(self) -> None:
        act = self.act("TLS")
        if act is not None:
            self.reader = self.connection.makefile("rb")
            return self.perform("TLS", act)
        context, _ = certificate(self.wish.get("certificate", "good"))
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.is_encrypted = True

    def hear(self, what: str, **more) -> None:
        if not self.wish.get("quiet"):
            say(heard=what, **more)

    def act(self, step: str) -> str | None:
        with lock:
            for index, (name, act) in enumerate(self.acts):
                if name.rstrip("*") == step:
                    if not name.endswith("*"):
                        del self.acts[index]
                    return act
        return None

    def answer(self, step: str) -> None:
        act = self.act(step)
        self.asked_for_body = act is None or act.startswith("text:") and "354" in act
        self.asked_for_tls = act is None or act.startswith("text:220")
        self.is_secret = act is not None and act.startswith("text:334")
        self.perform(step, act or "good")

    def perform(self, step: str, act: str) -> None:
        kind, _, text = act.partition(":")
        match kind:
            case "good":
                if step in ("EHLO", "EHLO2"):
                    lines = ["mail.test", *self.wish.get("features", [])]
                    if self.wish.get("tls") == "starttls" and step == "EHLO":
                        lines.append("STARTTLS")
                    text = "\r\n".join(
                        f"250{'-' if index + 1 < len(lines) else ' '}{line}" for index, line in enumerate(lines))
                else:
                    text = self.answers.get(step, "500 What?")
                self.send(text + "\r\n")
            case "text":
                self.send(text + "\r\n")
            case "raw":
                self.send(text)
            case "silence":
                self.reader.read()
                raise OSError
            case "cut":
                self.connection.shutdown(socket.SHUT_RDWR)
                raise OSError
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.reader.close()
                self.connection.close()
                raise OSError
            case "half":
                self.send(self.answers.get(step, "250")[:2])
                self.connection.shutdown(socket.SHUT_RDWR)
                raise OSError
            case "endless":
                while True:
                    self.send("250-and on\r\n" * 100)

    def send(self, text: str) -> None:
        self.connection.sendall(text.encode("latin-1"))


def listen(wish: dict) -> None:
    acts = [list(each) for each in wish.get("script", [])]
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            connection, _ = listener.accept()
            Line(connection, wish, acts).start()

    threading.Thread(target=accept, daemon=True).start()
    ca = None if wish.get("tls", "none") == "none" else str(certificate(wish.get("certificate", "good"))[1])
    say(port=listener.getsockname()[1], ca=ca)


def main() -> None:
    for line in sys.stdin:
        listen(json.loads(line))


if __name__ == "__main__":
    main()
