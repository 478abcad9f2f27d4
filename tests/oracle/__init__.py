"""An oracle of the business rules, written from the sources, and the library held against it.

:mod:`.expected` says what should come out and imports nothing of the library. The other modules
make random scenarios, drive the library through them, and compare.
"""
