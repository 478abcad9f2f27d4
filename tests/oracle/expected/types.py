"""Which types an appointment has.

Source: Aftaleoversigten, table 2. Type 4 comes on top of one of 1, 2 and 3 ("kan være af typen
1,2 eller 3"). Type 5 is phased out (errata item 4): it is type 2.
"""


def types(has_end: bool, indicative: bool, repeats: bool) -> set[int]:
    """The types, 1 to 4."""
    if not has_end:
        first = 3
    elif indicative:
        first = 2
    else:
        first = 1
    return {first, 4} if repeats else {first}
