"""A partner's sheet in the visitor's language: the words of events, sources and decisions, where they were written."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kembar.agreements.queries import ApprovalSheet, PaperSheet, PartnershipSheet
from kembar.languages.queries import all_texts
from kembar.languages.rules import MACHINE, ORIGINAL, Shown, best
from kembar.sources.queries import Said
from kembar.web.addresses import html_language

Words = Mapping[tuple[str, str], Shown]


def in_words(sheet: PartnershipSheet) -> PartnershipSheet:
    """The same sheet with every text that exists in the language of the page. One query.

    A text shown in another language is marked with that language, a machine's translation as such: it never passes for
    an authentic text.
    """
    subjects = [event.key for event, _ in sheet.events]
    subjects += [item.paper.key for item in sheet.papers] + [item.approval.key for item in sheet.approvals]
    known = _known(sheet.claims, subjects, office_id=sheet.partnership.office_id)
    signed = {item.paper.pk: _items(known, item.paper.key, item.scope) for item in sheet.papers}
    events = []
    for event, outside in sheet.events:
        told = copy.copy(event)
        told.title = _text(known, event.key, "title", event.title)
        events.append((told, outside))
    return replace(
        sheet,
        papers=[_paper(item, signed[item.paper.pk]) for item in sheet.papers],
        approvals=[_approval(item, known, signed) for item in sheet.approvals],
        events=events,
        claims=[_claim(claim, known) for claim in sheet.claims],
    )


def scopes_told(written: PartnershipSheet, told: PartnershipSheet) -> dict[str, str]:
    """Each field of cooperation as it was written, and as `in_words` tells it, without marks."""
    before = [one.scope for one in written.papers] + [one.scope for one in written.approvals]
    after = [one.scope for one in told.papers] + [one.scope for one in told.approvals]
    pairs = (zip(ours, theirs, strict=True) for ours, theirs in zip(before, after, strict=True))
    return {text: plain(shown) for pair in pairs for text, shown in pair}


def claims_in_words(claims: Sequence[Said], *, office_id: int) -> list[Said]:
    """The same claims of any files, in the same order, as `in_words` shows those of one. One query."""
    known = _known(claims, (), office_id=office_id)
    return [_claim(claim, known) for claim in claims]


def plain(text: str) -> str:
    """A text shown in another language without the mark of it, for places that take no markup."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


def _known(claims: Sequence[Said], subjects: Iterable[str], *, office_id: int) -> Words:
    """The best text for the reader of each field that has one."""
    wanted = [f"claim:{claim.id}" for claim in claims]
    wanted += {f"document:{claim.document_id}" for claim in claims}
    several = all_texts([*wanted, *subjects], office_id=office_id)
    outdated = _outdated(claims, several)
    language = get_language() or "id"
    return {
        key: shown
        for key, found in several.items()
        if key not in outdated and (shown := best(found.values(), language=language))
    }


def _outdated(claims: Sequence[Said], several: Mapping[tuple[str, str], Mapping[str, Shown]]) -> set[tuple[str, str]]:
    """Words written for an earlier decision or an earlier name of a source: what the record says now stands instead."""
    now = {}
    for claim in claims:
        now[f"claim:{claim.id}", "said"] = claim.said
        now[f"claim:{claim.id}", "reason"] = claim.reason
        now[f"document:{claim.document_id}", "title"] = claim.document
    originals = {
        key: shown.text for key, found in several.items() for shown in found.values() if shown.state == ORIGINAL
    }
    return {key for key, text in now.items() if originals.get(key, text) != text.strip()}


def _text(known: Words, subject: str, field: str, otherwise: str) -> str:
    shown = known.get((subject, field))
    if shown is None:
        return otherwise
    text = shown.text
    if shown.state == MACHINE:
        text = gettext("%(text)s (machine translation)") % {"text": text}
    if shown.language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', html_language(shown.language), text)


def _items(known: Words, subject: str, scope: list[str]) -> dict[str, str]:
    """Each field of cooperation in the words of the page; as it stands where the texts do not match item by item."""
    shown = known.get((subject, "scope"))
    told = shown.text.split("; ") if shown else []
    return dict(zip(scope, told if len(told) == len(scope) else scope, strict=True))


def _paper(item: PaperSheet, told: dict[str, str]) -> PaperSheet:
    return replace(item, scope=[told[text] for text in item.scope])


def _approval(item: ApprovalSheet, known: Words, signed: dict[int, dict[str, str]]) -> ApprovalSheet:
    told = _items(known, item.approval.key, item.scope)
    difference = item.difference
    if difference is not None and item.signed is not None:
        paper = signed[item.signed.pk]
        difference = replace(
            difference,
            kept=tuple((told[approved], paper[written]) for approved, written in difference.kept),
            dropped=tuple(told[approved] for approved in difference.dropped),
            added=tuple(paper[written] for written in difference.added),
        )
    return replace(item, scope=[told[text] for text in item.scope], difference=difference)


def _claim(claim: Said, known: Words) -> Said:
    subject = f"claim:{claim.id}"
    said = _text(known, subject, "said", claim.said)
    reason = _text(known, subject, "reason", claim.reason)
    title = _text(known, f"document:{claim.document_id}", "title", claim.document)
    return replace(claim, said=said, reason=reason, document=title)
