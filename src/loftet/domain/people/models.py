"""Staff accounts. Residents have none."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from loftet.domain.base.ids import PublicIdField


class PersonManager(BaseUserManager):
    """Finds people by e-mail whatever the case; accounts are made by `people.actions.add_person`."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """A member of staff. What they may do comes from their memberships, never from the account itself."""

    public_id = PublicIdField()
    email = models.EmailField("e-post", max_length=254, unique=True)
    name = models.CharField("namn", max_length=120)
    is_active = models.BooleanField("aktivt konto", default=True)
    is_administrator = models.BooleanField("administratör för installationen", default=False)
    created_at = models.DateTimeField("skapat")

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]
        verbose_name = "person"
        verbose_name_plural = "personer"

    def __str__(self) -> str:
        return self.name
