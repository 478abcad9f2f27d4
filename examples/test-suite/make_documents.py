"""Stands in for three vendors: ``python make_documents.py`` fills the folder ``vendors``.

North's documents are valid, south's have faults, and east's are of DK-APD 1.1. The same
seeds give the same documents on every machine, so that the baseline in ``known.json`` knows them.
"""

import subprocess
import sys
from pathlib import Path

VENDORS = Path(__file__).resolve().parent / "vendors"
ORDERS = {
    "north": ("--count 6 --seed 11",),
    "south": ("--count 3 --seed 12", "--defect br-home --seed 15", "--defect b962 --seed 16"),
    "east": ("--count 3 --seed 13 --release 1.1",),
}


def main() -> None:
    """Generate the documents of every vendor anew."""
    for vendor, orders in ORDERS.items():
        for order in orders:
            command = (sys.executable, "-m", "apd", "generate", "--force", "-q", *order.split())
            subprocess.run([*command, "-o", str(VENDORS / vendor)], check=True)


if __name__ == "__main__":
    main()
