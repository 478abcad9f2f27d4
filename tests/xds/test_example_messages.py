"""The example messages: made by their program, sound, and telling one story."""

import email
import os
import subprocess
import sys
from email.policy import HTTP

import pytest

import apd
from apd import xds
from tests.places import ROOT

FOLDER = ROOT / "examples" / "messages"
NAMES = ("new", "replace", "deprecate")


def opened(name):
    """The body of an example, and its media type."""
    data = (FOLDER / f"{name}.mime").read_bytes()
    head, _, body = data.partition(b"\r\n\r\n")
    return body, email.message_from_bytes(head, policy=HTTP)["Content-Type"]


def test_making_them_again_gives_the_same_bytes(tmp_path) -> None:
    program = ROOT / "examples" / "make_messages.py"
    subprocess.run(
        [sys.executable, str(program), str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FOLDER.glob("*.mime")}
    assert made.keys() == {f"{name}.mime" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_structure(name) -> None:
    assert xds.check_message(*opened(name)).findings == ()


def test_story() -> None:
    new, replace, deprecate = (xds.read_submission(*opened(name)) for name in NAMES)
    assert replace.replaces == new.entry.entry_uuid
    assert deprecate.deprecates == replace.entry.entry_uuid
    assert new.entry.patient_id == replace.entry.patient_id == deprecate.submission_set.patient_id
    times = [sent.submission_set.submission_time for sent in (new, replace, deprecate)]
    assert times == sorted(times)
    ids = {sent.submission_set.unique_id for sent in (new, replace, deprecate)}
    assert len(ids) == 3


@pytest.mark.parametrize("name", ["new", "replace"])
def test_documents(name) -> None:
    data = xds.read_document(*opened(name))
    entry = xds.read_submission(*opened(name)).entry
    assert apd.validate(data).is_valid
    assert xds.check_metadata(apd.loads(data), entry).is_valid
    # the home community is that of an environment for testing
    found = xds.check_metadata(apd.loads(data), entry).findings
    assert [finding.rule for finding in found] == ["XDS-VALUE:homeCommunityId"]


def test_place_of_the_security_headers() -> None:
    for name in NAMES:
        body, _ = opened(name)
        assert b"<soap:Header><!-- The security headers go here" in body
