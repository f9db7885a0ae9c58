"""Reading promises signed here and promises retold."""

from loftet.domain.promises.queries.promises import (
    PublicPromise,
    all_public_promises,
    handlings,
    holdings,
    promise_of,
    promises_about,
    promises_in,
    promises_with_measure,
    public_promise,
    public_promise_by_id,
    public_promises,
    versions,
)

__all__ = [
    "PublicPromise",
    "all_public_promises",
    "handlings",
    "holdings",
    "promise_of",
    "promises_about",
    "promises_in",
    "promises_with_measure",
    "public_promise",
    "public_promise_by_id",
    "public_promises",
    "versions",
]
