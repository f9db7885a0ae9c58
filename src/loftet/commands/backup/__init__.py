"""`loftet backup` and `loftet restore`: everything but the private keys and the sessions, in one file.

The same file serves SQLite and PostgreSQL, so it is also the way from one to the other.
Read in this order: `tables` (what is in it and how a row is written) → `manifest` → `writing` → `reading` → `commands`.
"""

from loftet.commands.backup.commands import register

__all__ = ["register"]
