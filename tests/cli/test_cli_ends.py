"""How a call of ``apd`` can end: options, terminals, pipes, signals, missing packages."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal, posix

pytestmark = pytest.mark.slow  # many processes, one after another

APD = [sys.executable, "-m", "apd"]

HELP = [
    ((), ["Brug: apd", "show", "roundtrip", "--version"]),
    (("--help",), ["Brug: apd", "show", "roundtrip", "--version"]),
    (("show", "--help"), ["Brug: apd show", "--lang", "--json", "--show-cpr", "Afslutningskoden"]),
    (("roundtrip", "-h"), ["Brug: apd roundtrip", "--lang", "--show-content", "Afslutningskoden"]),
    (("--version",), ["dk-apd "]),
]


@pytest.mark.parametrize(("arguments", "message"), HELP)
def test_help(apd_process, arguments, message) -> None:
    result = apd_process(*arguments)
    assert (result.status, result.err) == (0, "")
    words = " ".join(result.out.split())
    assert all(word in words for word in message)


def test_help_loads_no_command(environment) -> None:
    code = (
        "import sys; from apd.cli.app import run; run(['--help']);"
        "sys.exit(any(name.startswith('apd.cli.commands.') or name == 'rich.console'"
        " for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )


WRONG = [
    (("nope",), "der er ingen kommando 'nope' (se apd --help)"),
    (("--nope",), "der er ingen indstilling '--nope' (se apd --help)"),
    (("show",), "mangler argumentet 'FILE...' (se apd show --help)"),
    (("show", "--nope", "x"), "(se apd show --help)"),
    (("show", "--lang", "se", "x"), "'da', 'en'"),
    (("roundtrip", "--lang"), "--lang"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_calls(apd_process, arguments, message) -> None:
    result = apd_process(*arguments)
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"apd: .+\n", result.err)
    assert message in result.err


@pytest.mark.parametrize("package", ["click", "rich", "cattrs"])
def test_without_the_extra(environment, package) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from apd.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == f"apd: {package} not installed: pip install 'dk-apd[cli]'\n".encode()


# --- what is at the other end ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("ascii", "Vedroerende      Gaatur med holdet\n"),
        ("latin-1", "Vedrørende       Gåtur med holdet\n"),
        ("cp437", "Vedroerende      Gåtur med holdet\n"),
    ],
)
def test_terminals_that_do_not_know_every_character(
    apd_process, documents, encoding, message
) -> None:
    result = apd_process("show", documents / "walking-group-open-end.xml", encoding=encoding)
    assert (result.status, result.err) == (0, "")
    assert message in result.out


def test_nothing_that_a_terminal_would_obey(apd_process, documents) -> None:
    xml = (documents / "home-nurse.xml").read_bytes()
    xml = xml.replace(b"Skift af", "Skift\u009b31m\u202e[red]af".encode())
    for options in ([], ["--json"], ["--show-cpr"], ["--show-cpr", "--json"]):
        result = apd_process("show", "-", *options, stdin=xml)
        assert result.status == 0
        assert "[red]" in result.out
        assert not {"\u009b", "\u202e"} & set(result.out)
    older = xml.replace(b"apd-v2.0.1", b"apd-v1.1").replace(b"Bodil", "B\u009b".encode())
    assert "\u009b" not in apd_process("roundtrip", "--show-content", "-", stdin=older).out


@posix
def test_a_terminal_gets_a_frame(environment, documents) -> None:
    variables = {**environment, "TERM": "xterm", "COLUMNS": "60", "NO_COLOR": "1"}
    status, shown = on_terminal([*APD, "show", documents / "home-nurse.xml"], variables)
    lines = [re.sub(r"\x1b\[\d*m", "", line) for line in shown.splitlines()]
    assert status == 0
    assert lines[0].startswith("╭─")
    assert any(line.startswith("│ Hvornår  ") for line in lines)
    assert {len(line) for line in lines} == {60}


@posix
def test_the_reader_goes_away(environment, documents) -> None:
    with subprocess.Popen(
        [*APD, "show", *[documents] * 5],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@posix
@pytest.mark.parametrize(
    ("redirection", "status", "message"),
    [
        (">&-", 2, b"apd: standard output er lukket\n"),
        ("<&-", 0, b""),
        ("2>&-", 0, b""),
        (
            ">/dev/full",
            2,
            "apd: output kan ikke skrives: der er ikke mere plads på disken\n".encode(),
        ),
    ],
)
def test_closed_ends(environment, documents, redirection, status, message) -> None:
    if "full" in redirection and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    script = f'"$@" {redirection}'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *APD, "show", documents / "home-nurse.xml"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (status, message)


@posix
def test_closed_standard_input_that_is_asked_for(environment) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *APD, "show", "-"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"apd: -: Kan ikke l")


@posix
def test_interrupted(environment) -> None:
    with subprocess.Popen(
        [*APD, "show", "nowhere.xml", "-"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert b"nowhere.xml" in process.stderr.readline()  # so it has begun
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_a_fault_of_the_program_itself_quotes_nothing(environment, documents) -> None:
    code = (
        "import sys, apd\n"
        "def faulty(data): raise KeyError('2512489996')\n"
        "apd.loads = faulty\n"
        "from apd.cli import main\n"
        f"sys.argv = ['apd', 'show', {str(documents)!r}]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert re.fullmatch(
        rb"apd: internal error, please report it: KeyError at apd/cli/io/inputs.py line \d+\n",
        done.stderr.replace(b"\\", b"/"),
    )
