"""A mail server that misbehaves as it is told, on loopback.

Reads JSON objects from standard input, one a line and one a server: `features` (lines of EHLO) and `script`, a list of `[step, act]` pairs. A step is
`greeting`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `body`, `RSET` or `QUIT`; steps without an act are answered
well, an act is used up by one use unless it is written `step*`. Acts: `text:ANSWER` sends those bytes (with CRLF added),
`raw:BYTES` sends bytes as they are (JSON escapes), `silence` never answers, `cut` closes the line, `reset` resets it,
`half` sends half a line and closes, `endless` sends lines of an answer until the client goes away.
Writes `{"port": …}` for each, and one line for each thing it hears. Ends with its standard input.
"""

import base64
import json
import socket
import struct
import sys
import threading

lock = threading.Lock()


def say(**line) -> None:
    with lock:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


class Line(threading.Thread):
    """One connection."""

    answers = {
        "greeting": "220 mail.test", "EHLO": None, "AUTH": "235 2.7.0 Signed in", "MAIL": "250 2.1.0 Sender",
        "RCPT": "250 2.1.5 Recipient", "DATA": "354 Go on", "body": "250 2.0.0 Taken", "RSET": "250 Forgotten",
        "QUIT": "221 Bye", "STARTTLS": "220 Go on",
    }

    def __init__(self, connection: socket.socket, wish: dict, acts: list) -> None:
        super().__init__(daemon=True)
        self.connection, self.wish, self.acts = connection, wish, acts
        self.reader = connection.makefile("rb")

    def run(self) -> None:
        try:
            say(heard="connection")
            self.answer("greeting")
            while command := self.reader.readline():
                words = command.decode("utf-8", "surrogateescape").strip().split(" ")
                say(heard=" ".join(words))
                step = words[0].upper()
                self.answer(step)
                if step == "DATA" and self.asked_for_body:
                    body = b""
                    while line := self.reader.readline():
                        body += line
                        if line == b".\r\n":
                            say(heard="body", content=base64.b64encode(body).decode())
                            self.answer("body")
                            break
                    else:
                        say(heard="no end of body")
        except OSError:
            pass
        finally:
            say(heard="end")
            self.connection.close()

    def answer(self, step: str) -> None:
        act = None
        with lock:
            for index, (name, wanted) in enumerate(self.acts):
                if name.rstrip("*") == step:
                    act = wanted
                    if not name.endswith("*"):
                        del self.acts[index]
                    break
        self.asked_for_body = act is None or act.startswith("text:354")
        kind, _, text = (act or "good").partition(":")
        match kind:
            case "good":
                if step == "EHLO":
                    lines = ["mail.test", *self.wish.get("features", [])]
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
    say(port=listener.getsockname()[1])


def main() -> None:
    for line in sys.stdin:
        listen(json.loads(line))


if __name__ == "__main__":
    main()
