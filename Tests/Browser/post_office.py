"""A real mail server for the tests: STARTTLS with a certificate of the run's own authority, AUTH, every letter kept."""

import datetime
import email
import email.policy
import ipaddress
import logging
import re
import secrets
import socket
import ssl
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


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
        self._arrived = threading.Condition()
        self.ca_file = folder / "authority.pem"
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

    def open(self) -> None:
        self._controller.start()

    def close(self) -> None:
        self._controller.stop()

    def empty(self) -> None:
        """Throws away what has come, as letters of a district that is closed would be taken for another's."""
        with self._arrived:
            self.letters.clear()

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
    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
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
        authority_key = ec.generate_private_key(ec.SECP256R1())
        server_key = ec.generate_private_key(ec.SECP256R1())
        authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.timezone.utc)

        def certificate(subject: x509.Name, key: ec.EllipticCurvePrivateKey, is_authority: bool) -> x509.Certificate:
            builder = (
                x509.CertificateBuilder()
                .subject_name(subject).issuer_name(authority_name).public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=2))
                .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
            )
            if not is_authority:
                names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
                builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
            return builder.sign(authority_key, hashes.SHA256())

        pem = serialization.Encoding.PEM
        self.ca_file.write_bytes(certificate(authority_name, authority_key, True).public_bytes(pem))
        chain = self.folder / "server.pem"
        chain.write_bytes(
            certificate(server_name, server_key, False).public_bytes(pem)
            + server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
