"""Help for tests of programs that handle appointment documents.

:func:`assert_valid_apd` asserts that a document is valid. ``pytest --apd`` makes a test of every
appointment document below a path. :mod:`apd.testing.strategies` makes documents, and every part
of one, for property tests with hypothesis; it needs the extra ``testing``:
``pip install dk-apd[testing]``. :mod:`apd.testing.synthetic` makes as many as are wanted, the same
ones from the same seed, and :mod:`apd.testing.defects` breaks each rule of the validator. All
persons, numbers and places in them are invented.
"""

from apd.testing.assertion import assert_valid_apd

__all__ = ["assert_valid_apd"]
