"""A webhook reaches the public internet and nothing on our side of it."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.actions.acting import Refused
from questions.actions.webhook import target_of
from questions.notices.addresses import is_public

pytestmark = pytest.mark.pure

REFUSED = [
    "0.0.0.1", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.1.2.3",
    "169.254.169.254", ".".join("0000"),
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700:4700::1111%eth0",
    "", "localhost", "0x7f000001", "2130706433", "127.1", "8.8.8.8 ", "0177.0.0.1",
]  # fmt: skip
REACHED = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450::5"]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_on_our_side_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", REACHED)
def test_an_address_on_the_public_internet_is_reached(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_thinks_private_is_refused(address: IPv4Address | IPv6Address) -> None:
    """Python's own opinion is a lower bound: whatever it will not call global, or calls special, is refused."""
    special = address.is_private or address.is_multicast or address.is_reserved or address.is_link_local
    if special or address.is_loopback or address.is_unspecified or not address.is_global:
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_refused(inside: IPv4Address) -> None:
    number = int(inside)
    carried = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(int(ip_address("64:ff9b::")) | number),
        IPv6Address(int(ip_address("2002::")) | number << 80),
        IPv6Address(int(ip_address("2001::")) | number ^ 0xFFFFFFFF),
        IPv6Address(number),
    ]
    assert not any(is_public(str(address)) for address in carried)


@given(st.sampled_from(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16"]), st.data())
def test_nothing_in_a_private_network_is_reached(network: str, data: st.DataObject) -> None:
    assert not is_public(str(data.draw(st.ip_addresses(network=ip_network(network)))))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/hook?x=1#part", ("example.org", 443, "/hook?x=1")),
        ("https://Example.org:8443", ("example.org", 8443, "/")),
        ("https://münster.example/a", ("xn--mnster-3ya.example", 443, "/a")),
        ("https://[2606:4700::1111]/", ("2606:4700::1111", 443, "/")),
    ],
)
def test_the_parts_of_an_address(url: str, target: tuple[str, int, str]) -> None:
    found = target_of(url)
    assert (found.host, found.port, found.path) == target


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "example.org", "https://", "https:///x", "https://example.org:22/",
        "https://example.org:80/", "https://example.org:99999/", "https://example.org:0/", "https://you:me@example.org/",
        "https://you@example.org/", "https://[::1/", "https://example.org/ü", "https://a..b/",
        f"https://{'a' * 70}.org/", "https://example.org%2f@localhost/", "https://exa mple.org/",
        "https://example.org/a b",
        "", "https://.", "//x/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_called_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)
