"""The content of a document outside its model, and how it is kept to the byte.

*Theirs* is the XML that was read, *base* the XML written from the model as it was read, *ours* the
XML written from the model now. What differs between base and ours is changed in theirs, and
nothing else. ``markup`` has XML as a string, ``matching`` finds which element stands for which,
``merging`` applies a change, ``comparing`` finds what theirs says beyond base, ``canonical`` what
is the same in both, ``writing`` puts them together.
"""
