"""Tables of papers, their signatures, scopes and approvals, and the kept runs of legal states."""

from django.core.validators import MinValueValidator
from django.db import models

from kembar.access.privacy import Privacy
from kembar.agreements.states import Activity, ApprovalKind, Headline, InstrumentKind, Mode, TermFrom
from kembar.cities.models import LocalGovernment, Office
from kembar.lib.fields import EdtfField
from kembar.partnerships.models import Partnership
from kembar.partnerships.states import Standing


class Instrument(models.Model):
    """A paper of a partnership. Dates, term and standing are settled from its claims; its state is derived per day."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=40, choices=InstrumentKind)
    title = models.CharField(max_length=300, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    concluded = EdtfField(null=True, blank=True)
    effective = EdtfField(null=True, blank=True)
    term = models.CharField(max_length=20, blank=True)
    term_from = models.CharField(max_length=10, choices=TermFrom, default=TermFrom.SIGNATURE)
    term_wording = models.CharField(max_length=300, blank=True)
    ends = EdtfField(null=True, blank=True)
    last_day_included = models.BooleanField(default=True)
    lapsed = EdtfField(null=True, blank=True)
    notice_period = models.CharField(max_length=20, blank=True)
    languages = models.CharField(max_length=60, blank=True)
    prevailing_language = models.CharField(max_length=10, blank=True)
    copies = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="paper_not_its_own_parent"),
            models.CheckConstraint(condition=~models.Q(supersedes=models.F("id")), name="paper_not_its_own_successor"),
        ]

    @property
    def key(self) -> str:
        return f"instrument:{self.pk}"


class Signature(models.Model):
    """One party's signature under a paper: who, in which post, where, when; signed means all parties have one."""

    privacy = {"signatory": Privacy.DUTY}

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(LocalGovernment, on_delete=models.PROTECT, related_name="+")
    signatory = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.NOT_KNOWN)
    date = EdtfField(null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "party"], name="signature_once_per_party")]

    @property
    def key(self) -> str:
        return f"signature:{self.pk}"


class Approval(models.Model):
    """An approval on the road: of a plan before there is a paper, or of the paper itself."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="approvals")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    kind = models.CharField(max_length=30, choices=ApprovalKind)
    date = EdtfField(null=True, blank=True)
    number = models.CharField(max_length=100, blank=True)
    term = models.CharField(max_length=20, blank=True)
    conditions = models.TextField(blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)

    @property
    def key(self) -> str:
        return f"approval:{self.pk}"


class ScopeItem(models.Model):
    """One field of cooperation, as a paper or an approval words it."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, null=True, related_name="scope")
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, null=True, related_name="scope")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(instrument__isnull=True) ^ models.Q(approval__isnull=True), name="scope_of_one_thing"
            ),
        ]


class LegalSpan(models.Model):
    """A run of days in which a partnership has one legal state. Kept, not typed: rebuilt by `actions.bring_in_step`.

    `starts` is the first day, `ends` the first day after it; `since` and `until` as in rules.LegalState.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="spans")
    starts = models.DateField()
    ends = models.DateField(null=True)
    headline = models.CharField(max_length=20, choices=Headline)
    since = EdtfField(null=True)
    until = EdtfField(null=True)
    activity = models.CharField(max_length=10, choices=Activity)
    sister_city = models.BooleanField()
    papers = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            # Holds all that the counts and filters of a register ask, so that they read the index alone.
            models.Index(fields=["office", "starts", "ends", "headline", "partnership"], name="legal_span_office"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "starts"], name="legal_span_once"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")), name="legal_span_order"
            ),
        ]
