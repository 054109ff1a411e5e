"""Certificates for mail servers of the tests, each of an authority of its own."""

import datetime
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def make_certificates(folder: Path, host: str, expired: bool) -> tuple[ssl.SSLContext, Path]:
    """A server certificate for `host` and the file of the authority that signed it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    until = now - datetime.timedelta(days=1) if expired else now + datetime.timedelta(days=2)
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def sign(subject: x509.Name, key, names: list | None) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject).issuer_name(authority).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=9)).not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=names is None, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        )
        if names is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(authority_key, hashes.SHA256())

    try:
        name = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        name = x509.DNSName(host)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    pem = serialization.Encoding.PEM
    ca_file, chain = folder / "authority.pem", folder / "server.pem"
    ca_file.write_bytes(sign(authority, authority_key, None).public_bytes(pem))
    chain.write_bytes(
        sign(subject, server_key, [name]).public_bytes(pem)
        + server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context, ca_file
