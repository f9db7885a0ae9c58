"""The demo: Exempelby, a fictional municipality, walked through the whole chain by the same verbs as anyone uses."""

from loftet.testing.demo.accounts import ACCOUNTS, PASSWORD, accounts, hints
from loftet.testing.demo.build import build, is_built

__all__ = ["ACCOUNTS", "PASSWORD", "accounts", "build", "hints", "is_built"]
