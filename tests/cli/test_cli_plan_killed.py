"""``apd plan --write``: wherever its process ends, nothing is lost, sent twice or silent."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from apd.cli.outbox.directory import Outbox
from tests.cli.killing import SCENES
from tests.cli.plans import (
    CARES,
    NURSES,
    Call,
    answer,
    outbox,
    under_way,
    write,
)
from tests.places import ROOT


class Crash(BaseException):
    """The process ends here."""


@pytest.fixture
def crash(plan: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A run that ends in the midst of something that the outbox does."""

    def run(step: str, *, after: bool = False) -> None:
        whole = getattr(Outbox, step)

        def ended(*arguments: object, **options: object) -> None:
            if after:
                whole(*arguments, **options)
            raise Crash

        with monkeypatch.context() as patched, pytest.raises(Crash):
            patched.setattr(Outbox, step, ended)
            write(plan)

    return run


@pytest.mark.parametrize(
    ("step", "after", "is_registered"),
    [("draft", False, False), ("draft", True, False), ("release", False, True)],
)
def test_a_message_is_registered_and_there_or_neither(
    plan, crash, step, after, is_registered
) -> None:
    crash(step, after=after)
    assert under_way(plan) == ([CARES] if is_registered else [])
    assert not [name for name in outbox() if name.endswith(".mime")]
    draft = Path("outbox", f"{CARES}.publish.draft")
    drafted = draft.read_bytes() if draft.exists() else None
    assert write(plan).status == 0
    assert outbox() == [f"{CARES}.publish.mime", f"{NURSES}.publish.mime"]
    if is_registered:  # it is the very message
        assert Path("outbox", f"{CARES}.publish.mime").read_bytes() == drafted


@pytest.mark.parametrize(
    ("step", "after", "is_recorded"),
    [("withdraw", False, False), ("withdraw", True, False), ("clear", False, True)],
)
def test_an_answer_is_read_again_until_it_is_recorded(
    plan, crash, step, after, is_recorded
) -> None:
    write(plan)
    answer(f"{NURSES}.publish")
    crash(step, after=after)
    assert under_way(plan) == ([CARES] if is_recorded else [CARES, NURSES])
    result = write(plan)
    assert result.status == 0
    assert result.out.count("The registry accepted it.") == (not is_recorded)
    assert outbox() == [f"{CARES}.publish.mime"]
    assert under_way(plan) == [CARES]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process is forked and killed")
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_every_boundary(tmp_path: Path, environment: dict[str, str], scene: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.killing", str(tmp_path), scene],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    *wrong, last = done.stdout.splitlines()
    assert wrong == []
    assert int(last.removeprefix("boundaries: ")) > 10
