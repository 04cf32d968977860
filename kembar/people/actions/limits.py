"""How much somebody asks for in a minute, counted for all workers together."""

from django.db import transaction
from django.db.models import F

from kembar.people.models import Asked
from kembar.people.rules import fingerprint


def count_asked(who: str, *, at: float, most: int, weight: int = 1) -> int:
    """One more request of `who` at this second since 1970: the seconds to wait when that is too much, else 0."""
    minute, second = divmod(int(at), 60)
    key = fingerprint(f"{who} {minute}")
    row = Asked.objects.filter(pk=key)
    with transaction.atomic():
        if not row.update(amount=F("amount") + weight):
            _, is_new = Asked.objects.get_or_create(pk=key, defaults={"minute": minute, "amount": weight})
            if is_new:
                Asked.objects.filter(minute__lt=minute - 1).delete()
            else:
                row.update(amount=F("amount") + weight)
        amount = row.values_list("amount", flat=True).get()
    return 60 - second if amount > most else 0
