"""Names that were changed: the old one works for one release, and says so."""

import importlib
import sys

import pytest

import apd.xds


def test_the_package_of_xds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "apd.publication.xds", raising=False)
    with pytest.warns(DeprecationWarning, match=r"import apd\.xds"):
        assert importlib.import_module("apd.publication.xds") is apd.xds
