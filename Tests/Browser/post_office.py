"""A real mail server for the tests: STARTTLS with a certificate of the run's own authority, AUTH, every letter kept."""

import asyncio
import email
import email.policy
import logging
import re
import secrets
import socket
import ssl
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Self
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from authority import Authority


@dataclass(frozen=True)
class Letter:
    sender: str
    recipient: str
    message: EmailMessage

    def part(self, kind: str) -> str:
        """The text of the plain or html alternative."""
        part = self.message.get_body(preferencelist=(kind,))
        assert part is not None, f"the mail has no {kind} part"
        return part.get_content()

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    @property
    def link(self) -> str:
        found = set(re.findall(r"https?://[^\s<>\"]+/activate/[^\s<>\"]+", self.text))
        assert len(found) == 1, f"one activation link is in the mail: {sorted(found)}"
        return found.pop()


class PostOffice:
    """Listens on loopback; letters may be waited for."""

    user = "firstbell@mail.test"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_urlsafe(12)
        self.letters: list[Letter] = []
        self.refused: set[str] = set()
        self.deferred: set[str] = set()
        self._takes = threading.Event()
        self._takes.set()
        self.closed_to_senders: str | None = None
        self._arrived = threading.Condition()
        self._authority = Authority(folder)
        self.ca_file = self._authority.file
        self.password_file = folder / "smtp-password"
        self.password_file.write_text(self.password + "\n")
        self.password_file.chmod(0o600)
        # Its remarks on its own interface are no news for a reader of test results.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), tls_context=self._certificates(), require_starttls=True,
            auth_required=True, auth_require_tls=True, authenticator=self._check, ident="Test post office",
        )

    @property
    def url(self) -> str:
        return f"smtp://{quote(self.user, safe='')}@localhost:{self._controller.port}"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def empty(self) -> None:
        """Throws away what has come, as letters of a district that is closed would be taken for another's."""
        with self._arrived:
            self.letters.clear()

    def hold(self) -> None:
        """Takes no letter from now on: whoever brings one waits."""
        self._takes.clear()

    def take_all(self) -> None:
        """Takes every letter again, at once."""
        self._takes.set()

    def letters_to(self, address: str, naming: str = "") -> list[Letter]:
        """Letters to the address whose text names the student, as siblings may share an address."""
        with self._arrived:
            return [each for each in self.letters if each.recipient == address and naming in each.text]

    def wait_for(self, address: str, naming: str = "", seconds: float = 30) -> Letter:
        """The newest letter to the address that names the student."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: self.letters_to(address, naming), timeout=seconds)
            assert came, f"no letter to {address} naming {naming!r} in {seconds} s"
            return came[-1]

    # What aiosmtpd calls, on its own thread.
    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        if self.closed_to_senders:
            return self.closed_to_senders
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox here"
        if address in self.deferred:
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        while not self._takes.is_set():
            await asyncio.sleep(0.02)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self._arrived:
            for recipient in envelope.rcpt_tos:
                self.letters.append(Letter(envelope.mail_from, recipient, message))
            self._arrived.notify_all()
        return "250 OK"

    def _check(self, server, session, envelope, mechanism, data) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (
            self.user, self.password)
        return AuthResult(success=good, handled=True)

    def _certificates(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self._authority.issue("server"))
        return context


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
