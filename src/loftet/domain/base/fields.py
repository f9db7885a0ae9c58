"""Model fields that several steps use."""

from __future__ import annotations

from django.db import models


class WebAddressField(models.URLField):
    """An address on the web. Typed without a scheme it is taken as https."""

    def formfield(self, **kwargs):
        """The form's control."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self):
        """In the database it is a plain address."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
