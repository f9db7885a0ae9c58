"""Staff accounts. Residents have none."""

from __future__ import annotations

from datetime import datetime

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
    # It belongs to a function, and several may read its mail: it never signs, since nobody would know who did.
    is_role_account = models.BooleanField("funktionskonto", default=False)
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

    @property
    def is_in_use(self) -> bool:
        """Whether its owner has chosen a password or signed in. Until then it can be invited again."""
        return self.has_usable_password() or self.last_login is not None


class Invitation(models.Model):
    """A link by which the owner of a new account chooses a password. Only the link's fingerprint is kept."""

    class State(models.TextChoices):
        OPEN = "open", "väntar"
        EXPIRED = "expired", "för gammal"
        USED = "used", "använd"
        REPLACED = "replaced", "ersatt av en nyare"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations", verbose_name="person")
    fingerprint = models.CharField("länkens fingeravtryck", max_length=64, unique=True)
    made_at = models.DateTimeField("gjord")
    expires_at = models.DateTimeField("gäller till")
    used_at = models.DateTimeField("använd", null=True, blank=True)
    replaced_at = models.DateTimeField("ersatt", null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at__isnull=True, replaced_at__isnull=True),
                name="one_open_invitation_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(replaced_at__isnull=True),
                name="an_invitation_is_used_or_replaced",
            ),
        ]
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"

    def __str__(self) -> str:
        return f"Inbjudan till {self.person}"

    def state(self, at: datetime) -> Invitation.State:
        """Whether the link can be used at a moment, and if not why. One that has a password needs no link."""
        if self.used_at is not None or self.person.is_in_use:
            return self.State.USED
        if self.replaced_at is not None:
            return self.State.REPLACED
        return self.State.EXPIRED if at >= self.expires_at else self.State.OPEN
