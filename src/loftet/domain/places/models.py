"""Where things are: municipalities, counties, the police's areas, who lives there, and the addresses of it all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField


class DataSource(models.Model):
    """Where a set of place data comes from, so that every page can say it."""

    key = models.SlugField("nyckel", max_length=40, unique=True)
    title = models.CharField("vad", max_length=160)
    producer = models.CharField("producent", max_length=200)
    year = models.CharField("avser", max_length=40)
    licence = models.CharField("licens", max_length=200)
    note = models.TextField("anmärkning", blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = "datakälla"
        verbose_name_plural = "datakällor"

    def __str__(self) -> str:
        return self.title


class PoliceRegion(models.Model):
    """One of the seven police regions."""

    name = models.CharField("namn", max_length=60, unique=True)
    slug = models.SlugField("adressnamn", max_length=60, unique=True)
    boundary = models.JSONField("gräns", null=True, help_text="GeoJSON-geometri, WGS 84.")

    class Meta:
        ordering = ["name"]
        verbose_name = "polisregion"
        verbose_name_plural = "polisregioner"

    def __str__(self) -> str:
        return f"Polisregion {self.name}"


class County(models.Model):
    """One of the 21 counties (län)."""

    code = models.CharField("länskod", max_length=2, unique=True)
    name = models.CharField("namn", max_length=60)
    slug = models.SlugField("adressnamn", max_length=60, unique=True)
    police_region = models.ForeignKey(
        PoliceRegion, verbose_name="polisregion", on_delete=models.PROTECT, related_name="counties"
    )
    boundary = models.JSONField("gräns", null=True, help_text="GeoJSON-geometri, WGS 84.")

    class Meta:
        ordering = ["name"]
        verbose_name = "län"
        verbose_name_plural = "län"

    def __str__(self) -> str:
        return self.name


class PoliceDistrict(models.Model):
    """A police district (polisområde) within a region."""

    region = models.ForeignKey(
        PoliceRegion, verbose_name="polisregion", on_delete=models.PROTECT, related_name="districts"
    )
    name = models.CharField("namn", max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="a_district_once_in_a_region")]
        verbose_name = "polisområde"
        verbose_name_plural = "polisområden"

    def __str__(self) -> str:
        return f"Polisområde {self.name}"


class Provenance(models.TextChoices):
    """How well a link between a municipality and a police area is known."""

    SOURCED = "sourced", "källbelagd"
    COUNTY_RULE = "county_rule", "följer av länet"
    NAME_RULE = "name_rule", "följer av namnet"
    JUDGED = "judged", "sammanställarens bedömning, inte källbelagd"
    ENTERED = "entered", "inlagd av samordnaren"
    UNKNOWN = "unknown", "okänd"


class Municipality(models.Model):
    """One of the 290 municipalities, or a fictional one that is marked as an example."""

    public_id = PublicIdField()
    code = models.CharField("kommunkod", max_length=4, unique=True)
    name = models.CharField("namn", max_length=60)
    county = models.ForeignKey(
        County, verbose_name="län", null=True, on_delete=models.PROTECT, related_name="municipalities"
    )
    police_district = models.ForeignKey(
        PoliceDistrict, verbose_name="polisområde", null=True, on_delete=models.PROTECT, related_name="municipalities"
    )
    police_district_provenance = models.CharField(
        "polisområdets belägg", max_length=20, choices=Provenance.choices, default=Provenance.UNKNOWN
    )
    police_district_source = models.CharField("polisområdets källa", max_length=300, blank=True)
    police_district_note = models.CharField(
        "polisområdets anmärkning",
        max_length=200,
        blank=True,
        help_text="Till exempel att kommunen är delad mellan flera polisområden.",
    )
    skr_group = models.CharField("SKR:s gruppkod", max_length=4, blank=True)
    skr_group_name = models.CharField("SKR:s kommungrupp", max_length=120, blank=True)
    latitude = models.FloatField("latitud", null=True)
    longitude = models.FloatField("longitud", null=True)
    boundary = models.JSONField("gräns", null=True, help_text="GeoJSON-geometri, WGS 84.")
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="only_an_example_lies_in_no_county", condition=Q(county__isnull=False) | Q(is_example=True)
            ),
        ]
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"

    def __str__(self) -> str:
        return self.name


class LocalPoliceArea(models.Model):
    """A local police area (lokalpolisområde), from a day to a day."""

    district = models.ForeignKey(
        PoliceDistrict, verbose_name="polisområde", null=True, on_delete=models.PROTECT, related_name="local_areas"
    )
    name = models.CharField("namn", max_length=80)
    starts = models.DateField("från och med", null=True, blank=True)
    ends = models.DateField("till och med", null=True, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    municipalities = models.ManyToManyField(
        Municipality, through="LocalPoliceAreaMunicipality", related_name="local_police_areas"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="a_local_police_area_once_in_a_district"),
            models.CheckConstraint(
                name="only_an_example_lies_in_no_district", condition=Q(district__isnull=False) | Q(is_example=True)
            ),
        ]
        verbose_name = "lokalpolisområde"
        verbose_name_plural = "lokalpolisområden"

    def __str__(self) -> str:
        return f"Lokalpolisområde {self.name}"


class LocalPoliceAreaMunicipality(models.Model):
    """A municipality that belongs to a local police area, and how that is known."""

    area = models.ForeignKey(LocalPoliceArea, on_delete=models.CASCADE, related_name="links")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="local_police_area_links")
    provenance = models.CharField("belägg", max_length=20, choices=Provenance.choices)
    source = models.CharField("källa", max_length=300, blank=True)
    starts = models.DateField("från och med", null=True, blank=True)
    ends = models.DateField("till och med", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "municipality"], name="a_municipality_once_in_a_local_police_area")
        ]
        verbose_name = "kommun i lokalpolisområde"
        verbose_name_plural = "kommuner i lokalpolisområden"

    def __str__(self) -> str:
        return f"{self.municipality} i {self.area}"


class Population(models.Model):
    """Inhabitants of a municipality in a year: in total, or of one sex in one age group."""

    class Sex(models.TextChoices):
        ALL = "all", "alla"
        WOMEN = "women", "kvinnor"
        MEN = "men", "män"

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="population")
    year = models.PositiveSmallIntegerField("år")
    sex = models.CharField("kön", max_length=10, choices=Sex.choices, default=Sex.ALL)
    age_group = models.CharField("åldersgrupp", max_length=10, blank=True, help_text="Tomt för alla åldrar.")
    count = models.PositiveIntegerField("antal")
    source = models.ForeignKey(DataSource, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "sex", "age_group"], name="one_count_per_year_sex_and_age"
            )
        ]
        verbose_name = "folkmängd"
        verbose_name_plural = "folkmängd"

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}: {self.count}"


class Locality(models.Model):
    """A named town or village, so that people find their municipality by the name they use."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="localities")
    name = models.CharField("namn", max_length=80)
    latitude = models.FloatField("latitud")
    longitude = models.FloatField("longitud")
    source_id = models.CharField("källans id", max_length=20, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "ort"
        verbose_name_plural = "orter"

    def __str__(self) -> str:
        return self.name


class Slug(models.Model):
    """A name in an address. Old ones stay and lead on, so that a printed address keeps working."""

    scope = models.CharField(
        "inom", max_length=60, help_text="”kommun” eller slag och kommun, till exempel ”medborgarloften:2062”."
    )
    slug = models.SlugField("adressnamn", max_length=80)
    subject_kind = models.CharField("slag", max_length=30)
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    is_current = models.BooleanField("gäller nu", default=True)
    since = models.DateTimeField("sedan")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "slug"], name="a_slug_once_in_its_scope"),
            models.UniqueConstraint(
                fields=["scope", "subject"], condition=Q(is_current=True), name="one_current_slug_for_each_subject"
            ),
        ]
        verbose_name = "adressnamn"
        verbose_name_plural = "adressnamn"

    def __str__(self) -> str:
        return f"{self.scope}/{self.slug}"
