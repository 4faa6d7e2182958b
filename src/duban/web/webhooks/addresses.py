"""Where a webhook may be sent, and one request there: to an address that was looked at, and to no other."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Target", "refuse_unfit", "resolve", "send"]

TIMEOUT = 10
"""Seconds for each: to connect, to send, and for each piece of the answer."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """An address that was resolved and may be sent to."""

    host: str
    port: int
    path: str
    https: bool
    address: str
    """The IP address; the connection goes there whatever the name resolves to a moment later."""


def refuse_unfit(url: str, *, private: bool) -> tuple[str, int, str, bool]:
    """Host, port, path with query, and whether it is encrypted.

    Raises InputError for what is no address of a web server, has a name or password in it, or is not encrypted where
    it would leave the house.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InputError(_("this is no address"), where=url[:200], expected="https://…") from None
    fit = url.isascii() and url.isprintable() and " " not in url and parts.hostname and port != 0
    if not fit or parts.scheme not in {"https", "http"} or "@" in parts.netloc:
        raise InputError(
            _("this is no address that can be sent to"), where=url[:200], expected="https://host/path"
        )
    https = parts.scheme == "https"
    if not https and not private:
        raise InputError(_("the address is not encrypted"), where=url[:200], expected="https://…")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return str(parts.hostname), port or (443 if https else 80), path, https


def resolve(url: str, *, private: bool) -> Target:
    """Where the address leads now.

    Raises InputError for a name that does not resolve, and, unless `private`, for one any of whose addresses lies in an
    inner network: whoever may enter an address here must not reach the city hall's own machines by it.
    """
    host, port, path, https = refuse_unfit(url, private=private)
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise InputError(_("the name %(host)s is not known") % {"host": host}, where=url) from None
    inner = [address for address in found if not _is_outside(address)]
    if inner and not private:
        raise InputError(
            _("%(host)s leads into an inner network (%(address)s)") % {"host": host, "address": inner[0]},
            where=url,
            todo=_("where that is wanted, DUBAN_WEBHOOK_PRIVATE=on allows it for the whole installation"),
        )
    return Target(host=host, port=port, path=path, https=https, address=found[0])


def _is_outside(address: str) -> bool:
    """Whether it is an address of the public network, whatever it is wrapped in.

    >>> [_is_outside(one) for one in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "169.254.169.254")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64 or ip.sixtofour or ip.teredo:
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at; the name is for the certificate and the Host header alone."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._target = target
        self.default_port = 443 if target.https else 80

    def connect(self) -> None:
        """To the pinned address, encrypted under the name where it is https."""
        plain = socket.create_connection((self._target.address, self._target.port), TIMEOUT)
        if self._target.https:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._target.host)
        else:
            self.sock = plain


def send(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """POST the body; the status of the answer. Where the answer points elsewhere nobody follows.

    Raises OSError or http.client.HTTPException where no answer came.
    """
    connection = _Pinned(target)
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()
