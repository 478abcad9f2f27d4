"""``python -m apd.jsonform`` prints the JSON Schema: ``> docs/apd.schema.json`` keeps it."""

import json

from apd.jsonform.schema import schema


def page() -> str:
    """The JSON Schema as a text, as ``docs/apd.schema.json`` keeps it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
