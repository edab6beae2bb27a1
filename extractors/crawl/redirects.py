"""Where a redirect may lead: never to another scheme, and never from a public host into a private network.

A name counts as private where any address it resolves to is: what a publisher's name server says is as much the publisher's word
as the redirect itself.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from urllib.parse import SplitResult, urljoin, urlsplit

from scrapy.http import Response

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address written as one of IPv6 (NAT64)


def moved_to(response: Response) -> str | None:
    """The address a redirect names, without its fragment; None where the answer is no redirect.

    Raises:
        ValueError: the address cannot be understood.
    """
    place = response.headers.get("Location")
    if not place or not 300 <= response.status < 400:
        return None
    return urljoin(response.url, place.decode("latin-1")).partition("#")[0]


def same_host(base: str, there: str) -> bool:
    """Whether an address is of the host and port that is crawled; the step from http up to https of one host is allowed.

    Raises:
        ValueError: the address has no such port.
    """
    here, target = urlsplit(base), urlsplit(there)
    if target.scheme not in (here.scheme, "https") or target.hostname != here.hostname:
        return False
    return _port(target) == _port(here) or (here.scheme == "http" and _port(here) == 80 and _port(target) == 443)


async def is_public(address: str) -> bool:
    """Whether an address is http or https of a host all of whose addresses are public."""
    try:
        target = urlsplit(address)
        if target.scheme not in _PORTS or not target.hostname:
            return False
        found = await asyncio.get_running_loop().getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except (OSError, ValueError):  # no such name; a UnicodeError of the name's encoding is a ValueError
        return False
    return bool(found) and all(_is_public(ipaddress.ip_address(str(one[4][0]).partition("%")[0])) for one in found)


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or any(one is not None and not _is_public(one) for one in inside):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)
