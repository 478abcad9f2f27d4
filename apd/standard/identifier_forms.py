"""The forms of identifiers, as regular expressions.

Source: RFC 9562, section 4 (UUID); HL7 v3 data types R1, 2.13.6 (uid), ISO/IEC 8824-1 (OID).
"""

UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
"""A UUID, in either case."""
_NUMBER = "(?:0|[1-9][0-9]*)"
OID = rf"[0-2](?:\.{_NUMBER})+"
"""An OID of two numbers or more."""
UID = rf"[0-2](?:\.{_NUMBER})*|{UUID}"
"""A root: an OID, which may be a single number, or a UUID."""


def oid_of_short_numbers(most_digits: int) -> str:
    """OIDs in which every number is too short to identify a person."""
    return rf"[0-2](?:\.[0-9]{{1,{most_digits}}})+"
