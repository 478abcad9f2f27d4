"""``apd anonymise``: copies of documents with test data in place of everything personal."""

import os
import secrets
from pathlib import Path

from apd.change import Pseudonyms, anonymise_bytes, leaks
from apd.cli import options
from apd.cli.batch import progress
from apd.cli.file_names import refuse_to_overwrite
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import safe_name, writing
from apd.cli.io.inputs import Inputs, bytes_of
from apd.cli.io.output_files import write_out
from apd.cli.language import usage_error
from apd.cli.views.labels import Words
from apd.wording import Language, Wording

_WRITTEN = Wording("{file}: skrevet som {target}", "{file}: written as {target}")
_LEAK = Wording(
    "linje {line}: {what} Kopien er ikke skrevet. Prøv en anden --secret, eller --shift-times.",
    "line {line}: {what} The copy is not written. Try another --secret, or --shift-times.",
)
_SECRET_BYTES = 32
_BEGIN_AGAIN = Wording(
    "Med --secret og --output kan et afbrudt arbejde fortsættes (--resume).",
    "With --secret and --output interrupted work can be continued (--resume).",
)


class _Copies(Inputs):
    """The anonymised copies of documents. Documents that cannot be copied are reported."""

    def copy(self, path: str, by: Pseudonyms) -> bytes | None:
        """The copy of a file, or None."""
        with self.reported(path):
            original = bytes_of(path)
            copy = anonymise_bytes(original, by)
            found = leaks(original, copy, keep_organizations=by.keep_organizations)
            if not found:
                return copy
            leak, put = found[0], self._words.put
            self.report(path, put(_LEAK, line=leak.line, what=put(leak.wording)))
        return None


@make_command(
    "anonymise",
    danish="""Dan kopier af dokumenter med testdata i stedet for alle personoplysninger.

    FILE er en fil, en mappe (alle *.xml under den) eller - for standard input. Det kan være
    enhver XML, også en, der bryder regler. Hver kopi gennemsøges for rester af originalen,
    før den skrives. Den, der er én patient i flere dokumenter, er også én i kopierne.
    Afslutningskoden er 2, hvis en kopi ikke blev skrevet, ellers 0.
    """,
    examples=(
        "apd anonymise -o copies/ examples/documents",
        "apd anonymise --shift-times -o copy.xml examples/documents/home-nurse.xml",
    ),
)
@options.files
@options.output(
    Wording(
        "En fil, eller en mappe, hvor kopierne får numre som navne.",
        "A file, or a directory, where the copies get numbers as names.",
    )
)
@option(
    "--secret",
    envvar=["APD_SECRET", "APD_SEED"],
    aliases={"--seed": "--secret"},
    metavar="SECRET",
    da="Den samme hemmelighed giver de samme testdata. Uden den kan de ikke dannes igen. "
    "Angives helst som APD_SECRET i miljøet.",
    en="The same secret gives the same test data. Without it they cannot be made again. "
    "Preferably specified as APD_SECRET in the environment.",
)
@option(
    "--keep-organizations",
    is_flag=True,
    da="Organisationer beholder deres navne, SOR-koder og ydernumre.",
    en="Organisations keep their names, SOR codes and provider numbers.",
)
@option(
    "--shift-times",
    is_flag=True,
    da="Flyt hver patients tidspunkter nogle uger.",
    en="Move each patient's times by some weeks.",
)
@option(
    "--resume",
    is_flag=True,
    da="Fortsæt et afbrudt arbejde med de samme filer og den samme --secret: lad de kopier, der "
    "findes, være.",
    en="Continue interrupted work, with the same files and the same --secret: leave existing "
    "copies alone.",
)
def command(
    files: tuple[str, ...],
    language: Language,
    target: str | None,
    secret: str | None,
    keep_organizations: bool,
    shift_times: bool,
    resume: bool,
) -> int:
    """Make copies of documents with test data in place of everything personal.

    FILE is a file, a directory (every *.xml below it) or - for standard input; any XML, also what
    breaks rules. Each copy is searched for anything of its original before it is written. What
    was one patient in several documents is one in their copies. The exit status is 2 if any copy
    was not written, otherwise 0.
    """
    if resume and not (secret and target):
        raise usage_error(
            Wording("--resume kræver --secret og --output", "--resume needs --secret and --output")
        )
    words = Words(language)
    by = Pseudonyms(
        secret or secrets.token_bytes(_SECRET_BYTES),
        keep_organizations=keep_organizations,
        shift_times=shift_times,
    )
    copies = _Copies(files, words)
    paths = [path for file in files for path in copies.paths(file)]
    targets = _targets(paths, target)
    with progress.Bar(
        len(paths), progress.SAME_WITH_RESUME if secret and target else _BEGIN_AGAIN
    ) as bar:
        for path in paths:
            if resume and Path(targets[path] or "").is_file():
                bar.skip()
                continue
            copy = copies.copy(path, by)
            if copy is not None:
                bar.make_room(None)
                write_out(targets[path], copy)
                _print_written(path, targets[path], words)
            bar.advance()
    return copies.status


def _print_written(path: str, target: str | None, words: Words) -> None:
    """Print the path of a copy, unless it went to standard output."""
    if target is not None and not streams.is_quiet():
        line = words.put(_WRITTEN, file=safe_name(path), target=safe_name(target))
        streams.write(f"{streams.printable(line)}\n")


def _targets(paths: list[str], target: str | None) -> dict[str, str | None]:
    """The path for the copy of each file; names of files may reveal the patient."""
    is_directory = target is not None and (target.endswith(os.sep) or Path(target).is_dir())
    if target is None or (len(paths) == 1 and not is_directory):
        if len(paths) > 1:
            raise usage_error(
                Wording(
                    "flere dokumenter: angiv en mappe med --output",
                    "several documents: name a directory with --output",
                )
            )
        found: dict[str, str | None] = dict.fromkeys(paths, target)
    else:
        _make_directory(target)
        names = (f"document-{number:04}.xml" for number in range(1, len(paths) + 1))
        found = {path: str(Path(target, name)) for path, name in zip(paths, names, strict=True)}
    refuse_to_overwrite(found.values(), paths)
    return found


def _make_directory(path: str) -> None:
    with writing(path):
        Path(path).mkdir(exist_ok=True)
