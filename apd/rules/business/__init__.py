"""The requirements of Aftaleoversigten that a single document can show to be broken.

A rule is an error only if a source says SHALL and no reference validator accepts the document.
"""
