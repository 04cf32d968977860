"""Tables of papers: letterheads, letter numbers, what was filled in for a case, and what was produced."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.files.models import StoredFile
from kembar.papers import rules
from kembar.papers.states import Whose
from kembar.partnerships.models import Attachment
from kembar.procedure.models import Case


class Letterhead(models.Model):
    """What stands over the letters of one sort of signatory, and for the office who signs. `names` and `address` are
    lines; `picture` is the coat of arms."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    whose = models.CharField(max_length=10, choices=Whose)
    names = models.TextField()
    address = models.TextField(blank=True)
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    signer = models.CharField(max_length=200, blank=True)
    signer_post = models.CharField(max_length=200, blank=True)
    signer_rank = models.CharField(max_length=100, blank=True)
    signer_number = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)
    privacy = {
        "signer": Privacy.PUBLIC_OFFICE, "signer_post": Privacy.PUBLIC_OFFICE, "signer_rank": Privacy.DUTY,
        "signer_number": Privacy.DUTY,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "whose"], name="letterhead_once")]

    @property
    def key(self) -> str:
        return f"letterhead:{self.pk}"


class NumberScheme(models.Model):
    """How an office numbers its letters (`rules.Scheme`). Its row is locked while a number is given."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=rules.LONGEST_NUMBER, default=rules.USUAL_PATTERN)
    classification = models.CharField(max_length=30, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    digits = models.PositiveSmallIntegerField(default=1)


class LetterNumber(models.Model):
    """One number, given once. A voided one stays, with its reason, and is never given again.

    `case` and `paper` say which letter has it; both empty where another letter of the office took it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    day = models.DateField()
    subject = models.CharField(max_length=300)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=50, blank=True)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)
    privacy = {"given_by": Privacy.DUTY, "void_reason": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "serial"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["case", "paper"], condition=models.Q(voided_at=None, case__isnull=False),
                name="letter_number_of_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""), name="letter_number_voided_why"
            ),
        ]  # fmt: skip

    @property
    def key(self) -> str:
        return f"letter_number:{self.pk}"


class Detail(models.Model):
    """What was filled in for the papers of a case, one field in one language; an emptied one has no text."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=50)
    language = models.CharField(max_length=10)
    text = models.TextField()
    entered_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    privacy = {"entered_by": Privacy.DUTY, "text": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code", "language"], name="paper_detail_once")]


class Produced(models.Model):
    """One paper as it was produced: its text's version and fingerprint, what was missing, and its files.

    Never changed. The files are documents of the partner's file; there is no PDF where the machine could not draw one.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=50)
    text_version = models.PositiveIntegerField()
    text_sha256 = models.CharField(max_length=64)
    languages = models.CharField(max_length=30)
    number = models.CharField(max_length=200, blank=True)
    missing = models.TextField(blank=True)
    docx = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    privacy = {"made_by": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="produced_of_case")]
