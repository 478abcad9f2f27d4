"""Help for tests of programs that handle appointment documents.

:mod:`apd.testing.strategies` makes documents, and every part of one, for property tests with
hypothesis. It needs the extra ``testing``: ``pip install dk-apd[testing]``. All persons, numbers
and places in them are invented.
"""
