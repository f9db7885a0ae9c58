"""Opaque permanent ids: random, never derived from content or time, easy to read aloud."""

from __future__ import annotations

import secrets

from django.db import models

# Crockford's base 32 without I, L, O and U, so that an id survives being read aloud or typed from paper.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_id() -> str:
    """Return a random opaque id of 12 characters (60 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """The permanent id of a public object: set once, unique, never reused."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", new_id)
        super().__init__(*args, **kwargs)
