"""``apd roundtrip``: the differences when a document is read and written."""

from collections import Counter

import apd
from apd.cli import DIFFERENT, options
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.inputs import Inputs, Source
from apd.cli.views.labels import Words
from apd.cli.views.tree_difference import Difference, differences
from apd.privacy.masking import hide_in
from apd.wording import Language, Wording


@make_command(
    "roundtrip",
    danish="""Læs dokumenter, skriv dem, og vis, hvad der ville blive anderledes.

    FILE er en fil, en mappe (alle *.xml under den) eller - for standard input. Filerne
    ændres ikke. Kommentarer, mellemrum mellem elementer, attributter, der kun gentager
    CDA's standardværdier, og rækkefølgen af elementer med forskellige navne tæller ikke
    med. Afslutningskoden er 0, hvis der ikke er forskelle, 1, hvis der er, og 2, hvis et
    dokument ikke kunne læses.
    """,
    examples=(
        "apd roundtrip examples/documents",
        "apd roundtrip --show-content examples/documents/home-nurse.xml",
    ),
)
@options.files
@options.output_as_a_whole(Wording("forskellene", "the differences"))
@option(
    "--show-content",
    is_flag=True,
    da="Vis, hvad der står hvert sted før og efter. Det kan være personoplysninger.",
    en="Show the content of each place before and after. It may be personal data.",
)
def command(files: tuple[str, ...], language: Language, show_content: bool) -> int:
    """Read documents, write them, and show what would differ.

    FILE is a file, a directory (every *.xml below it) or - for standard input. The files are
    left alone. Comments, white space between elements, attributes that only repeat what CDA
    has by default and the order of elements of different names do not count. The exit status
    is 0 if nothing differs, 1 if something does, and 2 if any document could not be read.
    """
    words = Words(language)
    inputs = Inputs(files, words)
    counts: Counter[bool] = Counter()
    for source in inputs:
        found = differences(source.data, apd.dumps(source.document, check=False))
        counts[bool(found)] += 1
        name = source.name if show_content else hide_in(source.document)(source.name)
        for line in _lines(name, source, found, words, show_content):
            streams.write(f"{line}\n")
    total = counts.total() + inputs.failed
    if total > 1 and not streams.is_quiet():
        summary = words(
            "summary",
            total=total,
            same=counts[False],
            different=counts[True],
            failed=inputs.failed,
        )
        streams.write(f"\n{summary}\n")
    return inputs.status or (DIFFERENT if counts[True] else 0)


def _lines(
    name: str, source: Source, found: list[Difference], words: Words, show_content: bool
) -> list[str]:
    """The output for one document."""
    key = {0: "same", 1: "one_difference"}.get(len(found), "differences")
    heading = words(key, file=name, count=len(found))
    release = source.document.release
    if release != apd.Release.V2_0_1:
        heading = words("lifted", line=heading, release=release)
    width = max((len(words(difference.kind)) for difference in found), default=0)
    lines = [heading]
    for difference in found:
        lines.append(f"  {words(difference.kind):{width}}  {difference.path}")
        sides = (difference.before, difference.after)
        if show_content and any(sides):
            before, after = (words("nothing") if s is None else s for s in sides)
            lines.append(f"  {'':{width}}  {before} → {after}")
    return [streams.printable(line) for line in lines]
