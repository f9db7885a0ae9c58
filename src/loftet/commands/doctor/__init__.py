"""`loftet doctor`: is the installation well, and if not, what to do. One line a thing.

`findings` says what a check may find; `ground_checks` looks at files and keys, `database_checks` at the database and
`running_checks` at what runs; `commands` prints.
"""

from loftet.commands.doctor.commands import register

__all__ = ["register"]
