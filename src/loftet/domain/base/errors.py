"""Errors that carry a sentence for the person who meets them."""

from __future__ import annotations


class DomainError(Exception):
    """A rule said no. The message is Swedish and says what happened, what is kept and what to do."""


class NotAllowed(DomainError):
    """The person may not do this here."""


class AppendOnlyError(DomainError):
    """Something tried to change or delete a row that is only ever added."""
