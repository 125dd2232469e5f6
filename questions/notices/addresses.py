"""Which addresses a webhook may reach: those of the public internet, and nothing on our side of it.

The rule says what is allowed and not what is forbidden, so that what nobody has thought of is refused: ordinary unicast
of either family, less the blocks that the IANA's registries of special-purpose addresses (for IPv4 and for IPv6, as of
2025) take out of it. Python's own `is_global` has changed between releases and lets some ways round through.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

GLOBAL_UNICAST = ip_network("2000::/3")

SPECIAL = [
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        # Multicast, what is reserved, and everybody.
        "224.0.0.0/3",
        # Teredo, ORCHID, benchmarks and documentation; 6to4 and the AS 112 project lead to IPv4 or to nobody.
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
]  # fmt: skip


def is_public(address: str) -> bool:
    """Whether an address is on the public internet. What carries another address inside, or a zone, is not."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found.scope_id or found not in GLOBAL_UNICAST):
        return False
    return not any(found in network for network in SPECIAL)
