"""Deprecated: the metadata and messages of XDS are in :mod:`apd.xds`. Removed in 3.0."""

import sys
import warnings
from importlib import import_module

warnings.warn("apd.publication.xds is deprecated: import apd.xds", DeprecationWarning, stacklevel=2)
sys.modules[__name__] = import_module("apd.xds")
