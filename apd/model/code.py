"""A code with its code system."""

from attrs import field, frozen

from apd.model.validators import is_code, is_oid, is_optional_text, one_line, optional_line
from apd.person_numbers import repr_without_numbers
from apd.standard.codes import CODE_SYSTEM_NAMES


@frozen
class Code:
    """A code with its code system and display name.

    Args:
        code: the code itself, without white space.
        system: OID of the code system; :class:`Oid` has those that the profile names.
        display: the display name of the code, or None.
    """

    code: str = field(converter=one_line, validator=is_code, repr=repr_without_numbers)
    system: str = field(converter=one_line, validator=is_oid, repr=repr_without_numbers)
    display: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )

    @property
    def system_name(self) -> str | None:
        """Name of the code system, for those that the profile names."""
        return CODE_SYSTEM_NAMES.get(self.system)
