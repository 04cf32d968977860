"""Tables of partnerships and their events."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import LocalGovernment, Office
from kembar.files.models import StoredFile
from kembar.lib.fields import EdtfField
from kembar.partnerships.states import AttachmentKind, EventKind, Kind, Signing, Standing
from kembar.sources.models import Document


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
    # Who answers for the partner, and in their stead: `account:7` or a post of our side, as with a promise.
    owner = models.CharField(max_length=200, blank=True)
    deputy = models.CharField(max_length=200, blank=True)

    privacy = {"withdrawn": Privacy.INTERNAL, "owner": Privacy.DUTY, "deputy": Privacy.DUTY}

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
    def keepers(self) -> str:
        """Owner and deputy as one word: differs after every change of one of them."""
        return f"{self.owner}|{self.deputy}"

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


class Attachment(models.Model):
    """A paper, scan, letter or picture in a partner's file. `subject` names the record it belongs to
    (`instrument:7`, `steprun:7`), the file itself (`partnership:7`) where it belongs to no single one.

    What was withdrawn stays, with its reason, also where another one `replaces` it. `source` is there where statements
    may rest on it. `signers` holds one signatory a line, with the capacity; `original_at` where the paper itself lies.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="attachments")
    subject = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=AttachmentKind)
    title = models.CharField(max_length=200)
    date = EdtfField(null=True, blank=True)
    number = models.CharField(max_length=100, blank=True)
    signing = models.CharField(max_length=12, choices=Signing, blank=True, default=Signing.NOT_SAID)
    signers = models.TextField(blank=True)
    original_at = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    attached_by = models.CharField(max_length=200)
    attached_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    privacy = {
        "title": Privacy.INTERNAL, "attached_by": Privacy.DUTY, "withdrawn_by": Privacy.DUTY,
        "reason": Privacy.INTERNAL, "signers": Privacy.PUBLIC_OFFICE, "original_at": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["office", "subject"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(reason=""), name="attachment_withdrawn_why"
            ),
        ]

    @property
    def key(self) -> str:
        return f"attachment:{self.pk}"


class Note(models.Model):
    """What a member wants colleagues to know of a partner; the author alone changes its words. Shown to nobody else."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    author = models.CharField(max_length=200)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    privacy = {
        "text": Privacy.INTERNAL, "author": Privacy.DUTY, "author_id": Privacy.DUTY, "reason": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(reason=""), name="note_withdrawn_why"
            ),
        ]

    @property
    def key(self) -> str:
        return f"note:{self.pk}"


class NoteWording(models.Model):
    """How a note read before its author changed it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="wordings")
    text = models.TextField()
    until = models.DateTimeField()
    privacy = {"note": Privacy.NONE, "text": Privacy.INTERNAL}
