"""The register of organisations (SOR), for users who have it: compares documents with it.

::

    from pathlib import Path

    import apd
    from apd.rules.settings import Settings
    from apd.sor import SorColumns, read_sor, sor_rules

    register = read_sor("sor.csv", columns=SorColumns(code="SOR-kode", name="Navn"))
    report = apd.validate(Path("document.xml"), settings=Settings(rules=sor_rules(register)))

Nothing is downloaded. Without a register nothing is compared.
"""

from apd.sor.csv_register import CsvSorRegister, SorColumns, read_sor
from apd.sor.register_rules import SOR_REQUIREMENTS, sor_rules
from apd.sor.unit import SorRegister, SorUnit

__all__ = [
    "SOR_REQUIREMENTS",
    "CsvSorRegister",
    "SorColumns",
    "SorRegister",
    "SorUnit",
    "read_sor",
    "sor_rules",
]
