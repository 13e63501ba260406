"""Which addresses and URLs webhooks may reach, case by case."""

from __future__ import annotations

import pytest

from app.domain.errors import InvalidInput
from app.domain.webhooks.address import MAX_URL_LENGTH, check_endpoint_url, is_forbidden

# Never reachable, whatever an installation opens. First and last address where a range has an edge.
NEVER = """
0.0.0.0 0.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 168.63.129.16 169.254.0.0 169.254.169.254
169.254.255.255 192.0.0.0 192.0.0.192 192.0.0.255 192.0.2.1 192.88.99.1 198.18.0.0 198.19.255.255 198.51.100.7
203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.0 255.255.255.254 255.255.255.255
:: ::2 ::7f00:1 ::ffff:0.0.0.0 ::ffff:169.254.169.254 ::ffff:100.64.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::1 100::1 100:0:0:1::1 200::1 400::1 1fff:ffff::1 2001::1 2001:0:4136:e378::1 2001:2::1
2001:10::1 2001:20::1 2001:1ff:ffff::1 2001:db8::1 2002::1 2002:7f00:1::1 2002:ffff:ffff::1 3fff::1 3fff:fff::1
4000::1 5f00::1 8000::1 fd00:ec2::254 fd20:ce::254 fe00::1 fe80::1 fe80::1%eth0 febf:ffff::1 fec0::1 feff::1 ff00::
ff02::1 ff0e::1 2a00:1450:4001::5efe:7f00:1 2a00:1450:4001:0:200:5efe:a00:1 ::1%lo ::ffff:8.8.8.8%2
""".split()

# This machine and private networks: reachable only where an installation opens them.
PRIVATE = """
10.0.0.0 10.255.255.255 127.0.0.1 127.255.255.255 172.16.0.0 172.31.255.255 192.168.0.1 192.168.255.255
::1 fc00::1 fd12:3456:789a::1 fdff:ffff::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:c0a8:1
""".split()

# Public, among them the neighbours of every closed range.
PUBLIC = """
1.0.0.0 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255
192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255
203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1 2606:4700::1111
2a00:1450:4001:81b::200e 3ffe::1 3fff:1000::1 ::ffff:8.8.8.8 ::ffff:808:808 2a00:1450:4001::5eff:808:808
""".split()

NO_ADDRESS = [
    "",
    "localhost",
    "127.1",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "2130706433",
    "1.1.1.1.",
    " 1.1.1.1",
    "[::1]",
    "1.1.1.1/32",
]


@pytest.mark.parametrize("address", NEVER)
def test_an_inner_or_reserved_address_is_forbidden_even_where_private_ones_are_allowed(address: str) -> None:
    assert is_forbidden(address)
    assert is_forbidden(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_forbidden_unless_allowed(address: str) -> None:
    assert is_forbidden(address)
    assert not is_forbidden(address, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert not is_forbidden(address)
    assert not is_forbidden(address, allow_private=True)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_plain_address_is_forbidden(text: str) -> None:
    assert is_forbidden(text)
    assert is_forbidden(text, allow_private=True)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://hooks.shop.example", "https://hooks.shop.example"),
        ("HTTPS://Hooks.Shop.Example/In?a=1&b=2", "https://hooks.shop.example/In?a=1&b=2"),
        ("https://hooks.shop.example:443/in", "https://hooks.shop.example/in"),
        ("https://hooks.shop.example:8443/in", "https://hooks.shop.example:8443/in"),
        ("https://hooks.shop.example:80/in", "https://hooks.shop.example:80/in"),
        ("https://bücher.example/ä?q=ü", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC"),
        ("https://my_shop.example/@handle", "https://my_shop.example/@handle"),
        ("https://shop.example?to=a@b.example", "https://shop.example/?to=a@b.example"),
        ("https://1.1.1.1/in", "https://1.1.1.1/in"),
        ("https://[2606:4700:0::1111]/in", "https://[2606:4700::1111]/in"),
        ("https://localhost.shop.example/in", "https://localhost.shop.example/in"),
        ("https://shop.mylocal/in", "https://shop.mylocal/in"),
        ("https://shop.example/a%2Fb%20c", "https://shop.example/a%2Fb%20c"),
    ],
)
def test_a_good_url_is_kept_in_its_canonical_spelling(url: str, canonical: str) -> None:
    assert check_endpoint_url(url, allow_http=False, allow_private=False) == canonical
    assert check_endpoint_url(canonical, allow_http=False, allow_private=False) == canonical


NOT_PUBLIC = "the address is not public"
UNUSUAL = "write an IP address in its usual form, such as 192.0.2.1 or [2001:db8::1]"
NAME_NOT_PUBLIC = "the host name is not public"
NOT_A_NAME = "this is not a valid host name"
BAD_CHARACTERS = "a URL has no spaces, control characters or backslashes"
NOT_HTTPS = "this is not an https URL with a host name"
NOT_A_URL = "this is not a URL"
CREDENTIALS = "user name and password belong into a header, not into the URL"
FRAGMENT = "a fragment (#…) is never sent: leave it out"


def port_refused(port: int) -> str:
    return f"port {port} is not allowed: use 443, 80 or one from 1024 up"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        # Inner addresses in every spelling that some parser or C library understands.
        ("https://127.0.0.1/", NOT_PUBLIC),
        ("https://10.0.0.1/", NOT_PUBLIC),
        ("https://169.254.169.254/latest/meta-data", NOT_PUBLIC),
        ("https://[::1]/", NOT_PUBLIC),
        ("https://[::ffff:127.0.0.1]/", NOT_PUBLIC),
        ("https://[::ffff:7f00:1]/", NOT_PUBLIC),
        ("https://[::127.0.0.1]/", NOT_PUBLIC),
        ("https://[64:ff9b::7f00:1]/", NOT_PUBLIC),
        ("https://[fe80::1%25eth0]/", NOT_PUBLIC),
        ("https://①②⑦.⓪.⓪.①/", NOT_PUBLIC),
        ("https://127。0。0。1/", NOT_PUBLIC),
        ("https://１２７.0.0.1/", NOT_PUBLIC),
        ("https://2130706433/", UNUSUAL),
        ("https://0x7f000001/", UNUSUAL),
        ("https://0x7f.1/", UNUSUAL),
        ("https://0X7F.0.0.0x1/", UNUSUAL),
        ("https://017700000001/", UNUSUAL),
        ("https://0177.0.0.1/", UNUSUAL),
        ("https://127.1/", UNUSUAL),
        ("https://127.0.0.1./", UNUSUAL),
        ("https://8.8.8.8./", UNUSUAL),
        ("https://8.8.8.08/", UNUSUAL),
        ("https://8.8.8.256/", UNUSUAL),
        ("https://shop.1/", UNUSUAL),
        ("https://shop.0x/", UNUSUAL),
        # Names of inner machines.
        ("https://localhost/", NAME_NOT_PUBLIC),
        ("https://LOCALHOST/", NAME_NOT_PUBLIC),
        ("https://a.localhost/", NAME_NOT_PUBLIC),
        ("https://intranet/", NAME_NOT_PUBLIC),
        ("https://printer.local/", NAME_NOT_PUBLIC),
        ("https://metadata.google.internal/", NAME_NOT_PUBLIC),
        ("https://router.home.arpa/", NAME_NOT_PUBLIC),
        # No names at all.
        ("https://shop.example./", NOT_A_NAME),
        ("https://a..example/", NOT_A_NAME),
        ("https://-a.example/", NOT_A_NAME),
        ("https://a-.example/", NOT_A_NAME),
        ("https://sh%6fp.example/", NOT_A_NAME),
        (f"https://{'a' * 64}.example/", NOT_A_NAME),
        (f"https://{'a.' * 124}example/", NOT_A_NAME),
        # Schemes, credentials, fragments, ports.
        ("http://shop.example/", "only https is allowed"),
        ("ftp://shop.example/", NOT_HTTPS),
        ("ws://shop.example/", NOT_HTTPS),
        ("file:///etc/passwd", NOT_HTTPS),
        ("//shop.example/", NOT_HTTPS),
        ("shop.example/in", NOT_HTTPS),
        ("https:///in", NOT_HTTPS),
        ("https:/shop.example/", NOT_HTTPS),
        ("https://user:pass@shop.example/", CREDENTIALS),
        ("https://user@shop.example", CREDENTIALS),
        ("https://@shop.example/", CREDENTIALS),
        ("https://:@shop.example?x", CREDENTIALS),
        ("https://shop.example/#part", FRAGMENT),
        ("https://shop.example/#", FRAGMENT),
        ("https://shop.example:0/", port_refused(0)),
        ("https://shop.example:22/", port_refused(22)),
        ("https://shop.example:25/", port_refused(25)),
        ("https://shop.example:1023/", port_refused(1023)),
        ("https://shop.example:6667/", port_refused(6667)),
        ("https://shop.example:65536/", NOT_A_URL),
        ("https://[::1", NOT_A_URL),
        # What parsers drop silently or read differently.
        ("https://shop.example\t/", BAD_CHARACTERS),
        ("https://shop.example/\r\nX: y", BAD_CHARACTERS),
        (" https://shop.example/", BAD_CHARACTERS),
        ("https://shop.example/a b", BAD_CHARACTERS),
        ("https://shop.example/\u00a0", BAD_CHARACTERS),
        ("https://shop.example\\@evil.example/", BAD_CHARACTERS),
        ("https://shop.example/\x00", BAD_CHARACTERS),
        # Length, before and after percent-encoding.
        ("", f"a URL has between 1 and {MAX_URL_LENGTH} characters"),
        ("https://shop.example/" + "a" * 2028, f"a URL has between 1 and {MAX_URL_LENGTH} characters"),
        ("https://shop.example/" + "ä" * 400, f"a URL has at most {MAX_URL_LENGTH} characters, percent-encoded"),
    ],
)
def test_a_bad_url_is_refused_with_its_reason(url: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_endpoint_url(url, allow_http=False, allow_private=False)

    assert (caught.value.message, caught.value.field) == (message, ("url",))


def test_the_longest_url_is_2048_characters() -> None:
    url = "https://shop.example/".ljust(2048, "a")

    assert check_endpoint_url(url, allow_http=False, allow_private=False) == url


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/in", "http://localhost:9000/in", "http://[::1]:8080/in", "https://receiver/in"]
)
def test_an_installation_for_development_may_open_its_own_machines(url: str) -> None:
    assert check_endpoint_url(url, allow_http=True, allow_private=True) == url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://169.254.169.254/", NOT_PUBLIC),
        ("http://0.0.0.0/", NOT_PUBLIC),
        ("http://127.1/", UNUSUAL),
        ("http://[::1%25lo]/", NOT_PUBLIC),
    ],
)
def test_metadata_and_odd_spellings_stay_closed_there_too(url: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_endpoint_url(url, allow_http=True, allow_private=True)

    assert caught.value.message == message
