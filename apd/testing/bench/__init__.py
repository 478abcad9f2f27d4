"""Judging a validator: documents whose faults are known, and what of them it has seen.

``apd generate --manifest`` writes what each generated document must bring; :func:`read_manifest`
reads it. It needs the extra ``json``: ``pip install dk-apd[json]``.
"""

from apd.testing.bench.manifest import BrokenRule, Case, Manifest, manifest_schema, read_manifest

__all__ = ["BrokenRule", "Case", "Manifest", "manifest_schema", "read_manifest"]
