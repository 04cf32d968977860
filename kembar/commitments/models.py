"""The table of promises."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.commitments.rules import Terms
from kembar.commitments.states import Modality, Side, State
from kembar.languages.rules import UnknownLanguage, language_code
from kembar.lib.fields import EdtfField
from kembar.partnerships.models import Partnership
from kembar.sources.models import Document

_HAS_KEEPERS = ~models.Q(owner="") & ~models.Q(deputy="") & ~models.Q(side="")
_ACCEPTED_ONCE = models.Q(state=State.CLAIMED) | models.Q(accepted_at__isnull=False)


class Commitment(models.Model):
    """One promise. `sentence` is the sentence of the source that proves it, and nothing more of the source.

    `origin` names what it was made from (`draft:7`, `claim:3`), empty where it was entered by hand. `paper` names the
    instrument or plan of action (`instrument:7`) as text: papers are merged, and the merged one leaves the table.
    `owner` and `deputy` are `account:7` or a post of our side (`post:Dinas Pendidikan`). `every` is an ISO 8601
    duration. `settled_on` is when it was kept or dropped; `rounds` counts the kept rounds of a recurring one.
    `language` is the one `what` is written in, empty for that of its source. `confirmed_at` is since when a
    confirmation of the other side stands; what was confirmed, and by whom, is kept in `countersign`.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=60, blank=True)
    what = models.TextField()
    language = models.CharField(max_length=20, blank=True)
    sentence = models.TextField()
    made_on = EdtfField(null=True, blank=True)
    due = EdtfField(null=True, blank=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    actor = models.CharField(max_length=200, blank=True)
    counterpart = models.CharField(max_length=200, blank=True)
    modality = models.CharField(max_length=10, choices=Modality, default=Modality.PLANNED)
    conditional = models.BooleanField(default=False)
    condition_met = EdtfField(null=True, blank=True)
    recurring = models.BooleanField(default=False)
    every = models.CharField(max_length=20, blank=True)
    rounds = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=200, blank=True)
    deputy = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.CLAIMED)
    evidence = models.TextField(blank=True)
    evidence_key = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    settled_on = EdtfField(null=True, blank=True)
    # Shown to everyone although the partner, whose promise it is too, has not confirmed it.
    shown_unconfirmed = models.BooleanField(default=False)
    accepted_by = models.CharField(max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)
    privacy = {
        "actor": Privacy.PUBLIC_OFFICE, "owner": Privacy.DUTY, "deputy": Privacy.DUTY, "accepted_by": Privacy.DUTY,
        "evidence": Privacy.INTERNAL, "reason": Privacy.PUBLIC_OFFICE, "void_reason": Privacy.INTERNAL,
        "sentence": Privacy.PUBLIC_OFFICE,
    }  # fmt: skip

    class Meta:
        indexes = [
            # What each state holds is counted, and what is overdue told, along the index alone.
            models.Index(
                fields=["office", "state", "due_latest", "conditional", "condition_met"],
                condition=models.Q(voided_at=None),
                name="commitment_states",
            ),
            models.Index(
                fields=["office", "due_latest", "id", "due_earliest"],
                condition=models.Q(voided_at=None),
                name="commitment_ledger",
            ),
            models.Index(fields=["partnership", "id"], name="commitment_file"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "origin"], condition=~models.Q(origin=""), name="commitment_once_per_origin"
            ),
            models.CheckConstraint(condition=_ACCEPTED_ONCE, name="commitment_accepted_at"),
            models.CheckConstraint(
                condition=models.Q(state=State.CLAIMED) | _HAS_KEEPERS,
                name="commitment_has_keepers",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.KEPT, State.PARTLY_KEPT]) | ~models.Q(evidence=""),
                name="commitment_kept_with_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.DROPPED) | ~models.Q(reason=""), name="commitment_dropped_with_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.CONFIRMED) | models.Q(confirmed_at__isnull=False),
                name="commitment_confirmed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""), name="commitment_void_reason"
            ),
        ]  # fmt: skip

    @property
    def key(self) -> str:
        return f"commitment:{self.pk}"

    @property
    def terms(self) -> Terms:
        return Terms(self.state, self.due, self.conditional, self.condition_met)

    @property
    def binds(self) -> bool:
        """Whether no condition stands between the promise and its day."""
        return not self.conditional or self.condition_met is not None

    @property
    def written_in(self) -> str:
        """The language of `what`: as entered, else that of the source, else Indonesian."""
        for code in (self.language, self.document.language):
            try:
                return {"zh": "zh-hans", "zh-cn": "zh-hans"}.get(known := language_code(code), known)
            except UnknownLanguage:
                continue
        return "id"
