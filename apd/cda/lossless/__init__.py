"""The content of a document outside its model, which is kept byte by byte.

*Theirs* is the XML that was read, *base* the XML written from the model as it was read, *ours* the
XML written from the model now. The differences between base and ours are applied to theirs, and
nothing else is changed. ``markup`` treats XML as a string, ``matching`` pairs corresponding
elements, ``merging`` applies a change, ``unmapped`` finds what theirs states beyond base,
``canonical`` what is the same in both, and ``writing`` combines them.
"""
