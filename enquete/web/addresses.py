"""By which names and addresses browsers may call this machine, and what its certificate says of that."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import suppress
from pathlib import Path

from enquete.errors import EnqueteError, Problem, system_reason

LOOPBACK = "127.0.0.1"
_ELSEWHERE = ("192.0.2.1", 9)  # an address kept for documentation: nothing is sent there


def machine_addresses() -> list[str]:
    """The IPv4 addresses of this machine on its networks, the one that reaches furthest first; nothing is sent."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ELSEWHERE)
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [address for address in dict.fromkeys(found) if not address.startswith(("127.", "0."))]


def machine_names() -> list[str]:
    """What this machine is called on its network, in small letters."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return list(dict.fromkeys((name, short, f"{short}.local"))) if name else []


def check_certificate(certificate: Path, key: Path) -> list[str]:
    """Tries to load them, as the server will; gives the names and addresses that the certificate is for.

    Raises EnqueteError(PAGE_CERTIFICATE).
    """

    def no_phrase() -> str:
        raise ssl.SSLError(0, "BAD_PASSWORD_READ")

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, no_phrase)
        return _names_in(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise EnqueteError(Problem.PAGE_CERTIFICATE, where=certificate.name, reason=_reason(error)) from None


def _names_in(pem: bytes) -> list[str]:
    from cryptography import x509

    extensions = x509.load_pem_x509_certificate(pem).extensions
    try:
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = [name.lower() for name in names.get_values_for_type(x509.DNSName) if not name.startswith("*")]
    addresses = names.get_values_for_type(x509.IPAddress)
    return hosts + [str(address) for address in addresses if isinstance(address, ipaddress.IPv4Address)]


def _reason(error: OSError | ValueError) -> str:
    told = str(error)
    if "KEY_VALUES_MISMATCH" in told:
        return "la clé n'est pas celle du certificat"
    if "PASSWORD" in told or "password" in told:
        return "la clé est protégée par un mot de passe"
    if isinstance(error, ssl.SSLError | ValueError):
        return "ce ne sont pas un certificat et une clé"
    return system_reason(error)
