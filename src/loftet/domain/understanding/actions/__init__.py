"""Ordering runs, releasing their figures, and writing what was heard and what is needed."""

from loftet.domain.understanding.actions.findings import (
    add_finding,
    add_need,
    edit_finding,
    edit_need,
    publish_findings,
    remove_finding,
)
from loftet.domain.understanding.actions.runs import finish, release, request_run

__all__ = [
    "add_finding",
    "add_need",
    "edit_finding",
    "edit_need",
    "finish",
    "publish_findings",
    "release",
    "remove_finding",
    "request_run",
]
