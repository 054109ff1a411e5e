"""A mail server for the tests, on loopback: aiosmtpd with a certificate of its own authority, AUTH, every mail kept.

Reads one JSON object from standard input: `folder` (where to put the certificates), `tls` (`starttls`, `implicit` or
`none`), `auth` (list of mechanisms), `user`, `password`, `name` (on the certificate), `expired`, `smtputf8`, `size`.
Writes one JSON line `{"port": …, "ca": …}` when it listens, then one line for each mail. Ends with its standard input.
"""

import base64
import json
import socket
import ssl
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from certificates import make_certificates


def say(**line) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Keeper:
    """Says what came, one line a mail."""

    async def handle_DATA(self, server, session, envelope) -> str:
        say(
            sender=envelope.mail_from, recipients=envelope.rcpt_tos, options=envelope.mail_options,
            content=base64.b64encode(envelope.original_content or envelope.content).decode(),
            peer=session.peer[1], encrypted=session.ssl is not None, authenticated=bool(session.authenticated),
            hello=session.host_name)
        return "250 2.0.0 Taken"


def main() -> None:
    wish = json.loads(sys.stdin.readline())
    context, ca_file = make_certificates(Path(wish["folder"]), wish.get("name", "localhost"), wish.get("expired", False))
    auth = wish.get("auth", [])

    def check(server, session, envelope, mechanism, data) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (
            wish["user"], wish["password"])
        return AuthResult(success=good, handled=False if not good else True)

    class Server(Controller):
        def factory(self):
            return SMTP(
                Keeper(), hostname="mail.test", data_size_limit=wish.get("size", 0) or None,
                enable_SMTPUTF8=wish.get("smtputf8", False), decode_data=False,
                tls_context=context if wish["tls"] == "starttls" else None, require_starttls=wish["tls"] == "starttls",
                authenticator=check if auth else None, auth_required=bool(auth),
                auth_require_tls=wish["tls"] == "starttls",
                auth_exclude_mechanism=[each for each in ("LOGIN", "PLAIN") if each not in auth])

        def _trigger_server(self) -> None:
            """aiosmtpd greets itself to see whether it runs, but knows no TLS from the client's side."""
            if wish["tls"] != "implicit":
                return super()._trigger_server()
            trusting = ssl.create_default_context(cafile=str(ca_file))
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            with socket.create_connection((self.hostname, self.port), 5) as line:
                with trusting.wrap_socket(line) as encrypted:
                    encrypted.recv(1024)

    server = Server(
        Keeper(), hostname="127.0.0.1", port=0, ssl_context=context if wish["tls"] == "implicit" else None)
    server.port = free_port()
    server.start()
    say(port=server.port, ca=str(ca_file))
    sys.stdin.read()
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
