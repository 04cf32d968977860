"""What a letter may be, and how it looks as HTML."""

from datetime import UTC, datetime, timedelta

import pytest

from kembar.mailbox import rules
from kembar.mailbox.rules import BadLetter


@pytest.mark.parametrize(
    "address",
    ["sari@example.org", "s.a-r+i@sub.example.co.id", "o'brien@example.org", " sari@example.org ", "root@localhost"],
)
def test_a_plain_address_is_taken(address: str) -> None:
    assert rules.checked_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "", "sari", "@example.org", "sari@", "sari@example.org\nBcc: x@example.org", "sari@example.org\r\n",
        "a@example.org,b@example.org", "a@example.org b@example.org", "Sari <sari@example.org>", "sari@@example.org",
        "sari@example..org", ".sari@example.org", "sari@-example.org", "x" * 250 + "@example.org",
        "sari@example.org\x00", "sari\u202e@example.org", "sari@example.org;", "\tsari@example.org",
    ],
)  # fmt: skip
def test_anything_else_is_no_address(address: str) -> None:
    with pytest.raises(BadLetter, match="address"):
        rules.checked_address(address)


@pytest.mark.parametrize("heading", ["Rapat\nBcc: x@example.org", "Rapat\r", "", " ", "\u200b", "a\x00b", "a\u2028b"])
def test_a_heading_is_one_line(heading: str) -> None:
    with pytest.raises(BadLetter, match="heading"):
        rules.checked_heading(heading)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (" 자매결연 — 10 tahun ", "자매결연 — 10 tahun"),
        ("友好\u3000城市\u00a02026", "友好 城市 2026"),
        ("\u202eRapat\u202c\u200b", "Rapat"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_heading_is_made_fit_to_read(heading: str, expected: str) -> None:
    assert rules.checked_heading(heading) == expected


@pytest.mark.parametrize(
    "address", ["https://x.example/a>b", "javascript:alert(1)", "https://x.example/\nBcc: y", "http:// x", "mailto:"]
)
def test_a_way_to_leave_is_a_web_or_mail_address(address: str) -> None:
    with pytest.raises(BadLetter, match="unsubscribe"):
        rules.checked_unsubscribe(address)
    assert rules.checked_unsubscribe("https://x.example/leave/1?a=b") == "https://x.example/leave/1?a=b"


def test_a_letter_is_tried_for_two_days() -> None:
    now = start = datetime(2026, 1, 1, tzinfo=UTC)
    tries = 1
    while (again := rules.next_try(now, attempts=tries)) is not None:
        assert again > now
        now, tries = again, tries + 1
    assert (now - start, tries) == (timedelta(days=2), 10)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Satu\ndua\n\ntiga", "<p>Satu<br>\ndua</p>\n<p>tiga</p>"),
        ("Isi:\n\n- a\n- b & c", "<p>Isi:</p>\n<ul><li>a</li><li>b &amp; c</li></ul>"),
        (
            "Lihat https://k.example/a?b=1&c=2.",
            '<p>Lihat <a href="https://k.example/a?b=1&amp;c=2">https://k.example/a?b=1&amp;c=2</a>.</p>',
        ),
        (
            "Perlu <segera>\n- Kirim & lapor https://k.example/1\n- Lihat https://k.example/2 dan 3",
            "<h2>Perlu &lt;segera&gt;</h2>\n"
            '<ul><li><a href="https://k.example/1">Kirim &amp; lapor</a></li>'
            '<li>Lihat <a href="https://k.example/2">https://k.example/2</a> dan 3</li></ul>',
        ),
        ("<script>alert('x')</script>", "<p>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        (
            'https://k.example/"onmouseover="x',
            '<p><a href="https://k.example/">https://k.example/</a>&quot;onmouseover=&quot;x</p>',
        ),
    ],
)
def test_html_says_the_same_and_nothing_more(text: str, body: str) -> None:
    assert rules.fragment(text) == body


def test_a_letter_is_a_page_whose_lists_a_phone_can_show() -> None:
    assert rules.as_html("Perlu\n- a", language="id", heading="Hal <1>") == (
        '<!doctype html>\n<html lang="id" dir="auto">\n'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Hal &lt;1&gt;</title></head>\n"
        '<body style="font-family:sans-serif;line-height:1.5;max-width:40em;margin:1em;overflow-wrap:anywhere">\n'
        '<h2 style="font-size:1.15em;margin:1.5em 0 0.25em">Perlu</h2>\n'
        '<ul><li style="margin:0.4em 0">a</li></ul>\n</body>\n</html>\n'
    )
    assert rules.as_html("a", language="ko", heading="a").count("overflow-wrap:anywhere;word-break:keep-all") == 1
