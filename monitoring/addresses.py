"""Which network addresses the desk may ask for a feed, and which are somebody's inner network."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address

_METADATA = {ipaddress.ip_address("168.63.129.16")}  # a cloud's service address that lies in public space
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Whether an IP address may be connected to: globally routed, or a wrapping of such."""
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in _carried(address) or (address,))


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in _METADATA


def _carried(address: Address) -> tuple[IPv4Address, ...]:
    """IPv4 addresses an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(one for one in found if one is not None)
