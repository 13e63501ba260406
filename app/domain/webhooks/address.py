"""Where webhooks may go: never to an address inside our own network, whatever name or spelling asks for it.

The block lists are explicit, because `ipaddress.is_global` says yes to multicast, NAT64, 6to4 and others.

Sources: IANA IPv4 and IPv6 special-purpose address registries (RFC 6890, RFC 8190), the WHATWG fetch list of bad ports.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from yarl import URL

from app.domain.errors import InvalidInput

Address = IPv4Address | IPv6Address

MAX_URL_LENGTH: Final = 2048

# What an installation may open to itself (`allow_private`): this machine and the networks of RFC 1918 and RFC 4193.
_PRIVATE_V4: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_PRIVATE_V6: Final = tuple(map(IPv6Network, ("::1/128", "fc00::/7")))

_NEVER_V4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # "this network": a connection to 0.0.0.0 reaches the machine itself
            "100.64.0.0/10",  # carrier-grade NAT; metadata of one cloud lives here
            "168.63.129.16/32",  # looks public, is the host agent of another cloud
            "169.254.0.0/16",  # link-local, and with it 169.254.169.254
            "192.0.0.0/24",  # IETF protocol assignments; metadata of a third cloud
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
# Only 2000::/3 is global unicast: all else (::, mapped, NAT64, discard, SRv6, link-local, site-local, multicast) is out
# by not being in it. These are the parts of 2000::/3 that lead back inside or nowhere, and metadata within fc00::/7.
_GLOBAL_V6: Final = IPv6Network("2000::/3")
_NEVER_V6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: carries an IPv4 address
            "3fff::/20",  # documentation
            "fd00:ec2::/32",  # metadata of a cloud
            "fd20:ce::/32",  # metadata of another
        ),
    )
)
# RFC 5214: an ISATAP interface identifier carries an IPv4 address in its lower half.
_ISATAP: Final = (0x0000_5EFE, 0x0200_5EFE)

# WHATWG fetch, "bad ports", those above 1023. Below it only 80 and 443 are open.
_BAD_PORTS: Final = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080)
)
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# RFC 6761, RFC 6762, RFC 8375 and the names that clouds and routers give to their own.
_INTERNAL_NAMES: Final = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa")


def is_forbidden(address: str | Address, *, allow_private: bool = False) -> bool:
    """Whether nothing may be sent to this address; True for text that is no plain address at all.

    `allow_private` opens loopback, RFC 1918 and RFC 4193, for an installation whose receivers are its own machines;
    link-local, metadata, multicast and reserved addresses stay closed.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return True
    if isinstance(address, IPv4Address):
        return _is_forbidden_v4(address, allow_private)
    if address.ipv4_mapped is not None:
        return address.scope_id is not None or _is_forbidden_v4(address.ipv4_mapped, allow_private)
    if address.scope_id is not None or any(address in network for network in _NEVER_V6):
        return True
    if any(address in network for network in _PRIVATE_V6):
        return not allow_private
    return address not in _GLOBAL_V6 or (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP


def _is_forbidden_v4(address: IPv4Address, allow_private: bool) -> bool:
    if any(address in network for network in _PRIVATE_V4):
        return not allow_private
    return any(address in network for network in _NEVER_V4)


def check_endpoint_url(url: str, *, allow_http: bool, allow_private: bool) -> str:
    """The URL in its canonical spelling, once it is one that webhooks may be sent to.

    https (http only when allowed), a public host name or address in its usual spelling, port 80, 443 or a harmless one
    from 1024 up, neither credentials nor fragment, at most 2048 characters. Raises InvalidInput on `url`.
    """
    if not url or len(url) > MAX_URL_LENGTH:
        raise _refused(f"a URL has between 1 and {MAX_URL_LENGTH} characters")
    # yarl drops tabs and line ends silently, as browsers do: what was typed and what is called must not differ.
    if "\\" in url or not url.isprintable() or any(map(str.isspace, url)):
        raise _refused("a URL has no spaces, control characters or backslashes")
    try:
        # The parser of the client that will send: two parsers that disagree are a way around any check.
        parsed = URL(url)
        port = parsed.port
    except ValueError:
        raise _refused("this is not a URL") from None
    if parsed.scheme not in ("https", "http") or not parsed.raw_host or port is None:
        raise _refused("this is not an https URL with a host name")
    if parsed.scheme == "http" and not allow_http:
        raise _refused("only https is allowed")
    if "@" in url.split("//", 1)[1].split("/", 1)[0].split("?", 1)[0]:
        raise _refused("user name and password belong into a header, not into the URL")
    if "#" in url:
        raise _refused("a fragment (#…) is never sent: leave it out")
    if port in _BAD_PORTS or (port < 1024 and port not in (80, 443)):
        raise _refused(f"port {port} is not allowed: use 443, 80 or one from 1024 up")
    _check_host(parsed.raw_host, allow_private=allow_private)
    canonical = str(parsed)
    if len(canonical) > MAX_URL_LENGTH:
        raise _refused(f"a URL has at most {MAX_URL_LENGTH} characters, percent-encoded")
    return canonical


def _check_host(host: str, *, allow_private: bool) -> None:
    labels = host.split(".")
    if ":" in host or _is_numeric(host.rstrip(".").rsplit(".", 1)[-1]):
        # aiohttp asks no resolver about such a host, and the C library reads 2130706433, 0x7f.1 and 0177.0.0.1 as
        # addresses (WHATWG URL, "ends in a number"). Only the usual spelling is accepted, so there is one reading.
        try:
            address = ip_address(host)
        except ValueError:
            raise _refused("write an IP address in its usual form, such as 192.0.2.1 or [2001:db8::1]") from None
        if is_forbidden(address, allow_private=allow_private):
            raise _refused("the address is not public")
        return
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _refused("this is not a valid host name")
    if not allow_private and (len(labels) == 1 or f".{host}".endswith(tuple(f".{name}" for name in _INTERNAL_NAMES))):
        raise _refused("the host name is not public")


def _is_numeric(label: str) -> bool:
    return label.isdigit() or re.fullmatch(r"0x[0-9a-f]*", label) is not None


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, field=("url",))
