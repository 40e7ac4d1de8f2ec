"""What is kept of the network somebody was seen in. No database in here.

Not the address: a keyed digest of it, which says whether two people share a network and not which one it is. Whoever
has the key of this site could try all addresses, so the rows are dropped after `KEPT_DAYS`.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# An IPv4 address is a household or a company; of IPv6 a household gets a whole /64 at least, in which devices change
# their addresses every day.
IPV6_PREFIX = 64

# Half of SHA-256: enough not to meet the same by chance.
DIGEST_LENGTH = 32


def network_of(address: str) -> str | None:
    """The network of an address as one spelling: itself for IPv4, its /64 for IPv6. None for what is no address, and
    for the machine's own, which tells nothing about whoever asks."""
    try:
        found = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback or found.is_unspecified:
        return None
    if isinstance(found, IPv4Address):
        return str(found)
    return str(ip_network((found, IPV6_PREFIX), strict=False))
