"""Tables of partnerships and their events."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import LocalGovernment, Office
from kembar.lib.fields import EdtfField
from kembar.partnerships.states import EventKind, Kind, Standing


class Partnership(models.Model):
    """The file one office keeps on one counterpart. Legal state, "since" and ordinals are derived, never kept here.

    Two offices on one instance that cooperate with each other hold two files. With an institution or a network,
    `institution` is its name and `partner` the city of its seat.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(LocalGovernment, on_delete=models.PROTECT, related_name="+")
    institution = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.SlugField(max_length=80)
    opened_at = models.DateTimeField()
    # Opened twice: everything in it moved to the other file, which is found in its place from then on.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # Why the file was taken back (an import undone); listed nowhere until something stands in it again.
    withdrawn = models.TextField(blank=True)

    privacy = {"withdrawn": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "slug"], name="partnership_slug_once"),
            models.UniqueConstraint(fields=["office", "partner", "kind", "institution"], name="partnership_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[Kind.INSTITUTION, Kind.NETWORK]) ^ models.Q(institution=""),
                name="partnership_institution_named",
            ),
        ]

    @property
    def english_name(self) -> str:
        """The counterpart's name in the register's own language for codes and files."""
        return self.institution or self.partner.english_name

    @property
    def key(self) -> str:
        """How claims and the journal name this file."""
        return f"partnership:{self.pk}"


class Event(models.Model):
    """Something that happened in a partnership. `date` and `standing` are settled from its claims."""

    privacy = {"note": Privacy.INTERNAL}

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    date = EdtfField(null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)

    @property
    def key(self) -> str:
        return f"event:{self.pk}"
