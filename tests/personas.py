"""The people of every test: learn them once. None of them exists.

Bandung is the home office; the counterpart's office may be any other. Each takes the office in which they act.
"""

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, Role

__all__ = ["ANONYMOUS", "SYSTEM", "bu_ratna", "dewi", "jihoon", "pak_hadi", "sari", "togar"]


def _member(person_id: int, label: str, role: Role, office_id: int) -> Actor:
    return Actor(person_id=person_id, label=label, roles={office_id: frozenset({role})})


def sari(*, office_id: int) -> Actor:
    """Cooperation officer at home: keeps the register, decides what sources say."""
    return _member(1, "Sari", Role.OFFICER, office_id)


def dewi(*, office_id: int) -> Actor:
    """Translator at home: reads all, decides nothing."""
    return _member(2, "Dewi", Role.TRANSLATOR, office_id)


def bu_ratna(*, office_id: int) -> Actor:
    """Head of the office at home: what Sari may, and who belongs to the office."""
    return _member(3, "Ratna", Role.HEAD, office_id)


def pak_hadi(*, office_id: int) -> Actor:
    """Council member: reads under his own name."""
    return _member(4, "Hadi", Role.READER, office_id)


def togar(*, office_id: int) -> Actor:
    """Administrator: accounts and the cities all offices share; nothing of an office's files."""
    return _member(5, "Togar", Role.ADMINISTRATOR, office_id)


def jihoon(*, office_id: int) -> Actor:
    """Officer of the other city's office: a stranger in ours."""
    return _member(6, "Ji-hoon", Role.OFFICER, office_id)
