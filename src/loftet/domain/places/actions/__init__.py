"""Writing places: the bundled data, and names in addresses."""

from loftet.domain.places.actions.addresses import AddressTaken, claim_slug, forget_slugs
from loftet.domain.places.actions.examples import add_example
from loftet.domain.places.actions.loading import Counts, LoadReport, load_bundled

__all__ = ["AddressTaken", "Counts", "LoadReport", "add_example", "claim_slug", "forget_slugs", "load_bundled"]
