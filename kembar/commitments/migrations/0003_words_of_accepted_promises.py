"""Promises taken on before translators had a list get their original, so that they can be translated and confirmed."""

import hashlib

from django.db import migrations
from django.utils import timezone


def write_originals(apps, schema_editor):
    Commitment = apps.get_model("commitments", "Commitment")
    Prose = apps.get_model("languages", "Prose")
    known = set(
        Prose.objects.filter(subject__startswith="commitment:", field="what")
        .order_by()
        .values_list("subject", flat=True)
    )
    rows = Commitment.objects.exclude(state="claimed").filter(voided_at=None).select_related("document").order_by("id")
    missing = [row for row in rows.iterator() if f"commitment:{row.pk}" not in known]
    Prose.objects.bulk_create(
        Prose(
            office_id=row.office_id, subject=f"commitment:{row.pk}", field="what", language=_language(row), text=row.what,
            state="original", of_hash=hashlib.sha256(row.what.encode()).hexdigest(), written_by="Kembar",
            written_at=timezone.now(),
        )
        for row in missing
    )  # fmt: skip


def _language(row):
    code = (row.language or row.document.language or "id").strip().lower().replace("_", "-")
    return {"zh": "zh-hans", "zh-cn": "zh-hans"}.get(code, code if len(code) in (2, 3) or "-" in code else "id")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_confirmation"), ("languages", "0001_initial")]
    operations = [migrations.RunPython(write_originals, migrations.RunPython.noop)]
