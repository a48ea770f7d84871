"""Reproducible random order.

Keys are sorted by SHA-256 of seed and key, not by a generator of Python's library, so the order is
the same in every Python version.
"""

import hashlib

SEED = 20


def rank(*key):
    text = "/".join(str(part) for part in (SEED, *key))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def shuffled(items, key):
    """Items in random order; `key` gives each its own tuple of strings and numbers."""
    return sorted(items, key=lambda item: rank(*key(item)))
