"""The table of files. The bytes lie by fingerprint (`store.py`): two rows may share them."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.files.rules import Signature
from kembar.files.states import Verdict


class StoredFile(models.Model):
    """One document handed in for one record (`subject` is `concept:id`), under the name it was given.

    A row never changes what it says of the content.
    """

    office_id = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    privacy = {"uploaded_by": Privacy.DUTY, "name": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_id", "subject", "sha256"], name="file_once_a_record"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="file_sha256"),
        ]


class SignatureCheck(models.Model):
    """What a look at the electronic signatures inside a PDF found on its day; the newest counts, the older ones stay.

    `signatures` holds one rules.Signature each as plain values; `refused` the code of rules for a file that would not
    be taken any more; `checker` is the program that judged.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="signature_checks")
    verdict = models.CharField(max_length=20, choices=Verdict)
    refused = models.CharField(max_length=30, blank=True)
    signatures = models.JSONField(default=list)
    checker = models.CharField(max_length=40)
    checked_by = models.CharField(max_length=200)
    checked_at = models.DateTimeField()

    privacy = {"signatures": Privacy.PUBLIC_OFFICE, "checked_by": Privacy.DUTY, "checker": Privacy.NONE}

    @property
    def found(self) -> tuple[Signature, ...]:
        return tuple(Signature(**one) for one in self.signatures)
