"""What the sources say should come out, written from them and from nothing of the library.

A module a subject: the clock in Denmark, the types, the parts of the day, how far ahead is
published, what becomes of a series, what is shown, what is planned. Each takes and gives plain
values of Python. What the sources leave open is decided in :mod:`.choices`.

Nothing here imports the library, nor anything but the standard library; a test holds that.

Sources: Sundhedsdatastyrelsen, "Indhold og forretningsregler for Aftaleoversigten", up to version
2.0; MedCom's FAQ of 2023; DK-APD 2.0.1; directive 2000/84/EC on summer time.
"""
