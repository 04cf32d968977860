"""Letters are written with the change, sent after it, and never lost."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kembar.access.permissions import Actor, NotAllowed
from kembar.journal.models import Entry
from kembar.mailbox import queries, rules
from kembar.mailbox.actions import NotWaiting, Round, UnderWay, deliver, drop, forget, post, try_again, withdraw
from kembar.mailbox.models import Letter
from kembar.mailbox.rules import BadLetter
from kembar.mailbox.tests.server import MailServer, running
from tests.personas import SYSTEM, dewi, jihoon, sari

pytestmark = pytest.mark.django_db
OFFICE = 1


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def write(to: str = "tamu@example.org", **more: Any) -> Letter:
    return post(to, **{"office_id": OFFICE, "language": "id", "heading": "Undangan rapat", "text": "Datanglah.",
                       "kind": "invitation", **more})  # fmt: skip


def after(**time: int) -> datetime:
    return timezone.now() + timedelta(**time)


def states() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("state", flat=True))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_letter_goes_out_with_both_bodies_and_its_headers(server: MailServer, settings: Any) -> None:
    letter = write(heading="자매결연 10주년", text="안녕하세요.\n\nhttps://k.example/", language="ko",
                   reply_to="kantor@example.org")  # fmt: skip
    assert deliver(now=after(seconds=1)) == Round(sent=1)
    (message,) = server.received
    assert (message["To"], message["From"], message["Subject"], message["Reply-To"]) == (
        "tamu@example.org", settings.DEFAULT_FROM_EMAIL, "자매결연 10주년", "kantor@example.org",
    )  # fmt: skip
    assert (message["Message-ID"], message["Auto-Submitted"], message["Content-Language"]) == (
        letter.message_id, "auto-generated", "ko",
    )  # fmt: skip
    assert (message["List-Unsubscribe"], message["Bcc"], message["Cc"]) == (None, None, None)
    assert part(message, "plain").strip() == "안녕하세요.\n\nhttps://k.example/"
    assert part(message, "html").strip() == (
        rules.as_html("안녕하세요.\n\nhttps://k.example/", language="ko", heading="자매결연 10주년").strip()
    )
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("sent", 1, "")


def test_a_letter_sent_is_not_sent_again(server: MailServer) -> None:
    write()
    assert [deliver(now=after(days=day)).sent for day in (0, 1, 2)] == [1, 0, 0]
    assert len(server.received) == 1


def test_plain_words_alone_and_a_way_to_leave_where_asked(server: MailServer) -> None:
    write(html=False, unsubscribe="https://k.example/leave/1")
    deliver(now=after(seconds=1))
    (message,) = server.received
    assert (message.get_content_type(), message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        "text/plain", "<https://k.example/leave/1>", "List-Unsubscribe=One-Click",
    )  # fmt: skip


def test_a_letter_of_a_change_that_failed_was_never_written(server: MailServer) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write()
        raise DatabaseError("the change failed")
    assert deliver(now=after(seconds=1)) == Round()
    assert (states(), server.received) == ([], [])


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"to": "a@example.org\nBcc: b@example.org"}, "address"),
        ({"heading": "Rapat\r\nBcc: b@example.org"}, "heading"),
        ({"text": " \u200b\n"}, "text"),
        ({"unsubscribe": "https://k.example/\nBcc: b@example.org"}, "unsubscribe"),
        ({"reply_to": "a@example.org, b@example.org"}, "address"),
    ],
)
def test_a_letter_that_would_carry_other_headers_is_refused(more: dict[str, str], what: str) -> None:
    with pytest.raises(BadLetter, match=what):
        write(**more)
    assert states() == []


def test_a_dot_alone_on_a_line_does_not_end_a_letter(server: MailServer) -> None:
    write(text="satu\n.\nRCPT TO:<lain@example.org>\n..\ndua")
    write("kedua@example.org")
    assert deliver(now=after(seconds=1)).sent == 2
    assert server.recipients() == ["tamu@example.org", "kedua@example.org"]
    assert part(server.received[0], "plain").strip() == "satu\n.\nRCPT TO:<lain@example.org>\n..\ndua"


def test_while_the_mail_server_is_away_letters_wait_however_long(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    write()
    write()
    for day in range(10):
        done = deliver(now=after(days=day))
        assert (done.sent, done.put_off, done.failed, done.server_error.split(":")[0]) == (
            0, 0, 0, "ConnectionRefusedError",
        )  # fmt: skip
    assert list(Letter.objects.order_by("id").values_list("state", "attempts")) == [("waiting", 0)] * 2
    with running() as server:
        settings.EMAIL_PORT = server.port
        assert deliver(now=after(days=11)).sent == 2


def test_where_no_mail_server_is_set_letters_wait(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert deliver(now=after(seconds=1)) == Round()
    write()
    assert deliver(now=after(seconds=1)).server_error == "no mail server is set (KEMBAR_MAIL_SERVER)"
    assert states() == ["waiting"]


@pytest.mark.parametrize("answer", ["451 come back later", "cut"])
def test_a_letter_put_off_is_tried_for_two_days_and_holds_up_no_other(server: MailServer, answer: str) -> None:
    server.refusals["sibuk@example.org"] = answer
    write("sibuk@example.org")
    write()
    assert deliver(now=after(seconds=1)) == Round(sent=1, put_off=1)
    assert deliver(now=after(seconds=30)) == Round()
    outcomes = [deliver(now=after(hours=hour)) for hour in range(1, 97)]
    assert sum(done.put_off for done in outcomes) + 1 == 9
    assert sum(done.failed for done in outcomes) == 1
    letter = Letter.objects.get(to_address="sibuk@example.org")
    assert (letter.state, letter.attempts, bool(letter.error)) == ("failed", 10, True)
    assert server.recipients() == ["tamu@example.org"]


def test_a_letter_put_off_goes_out_when_the_server_takes_it(server: MailServer) -> None:
    server.data_answer = "451 full"
    write()
    assert deliver(now=after(seconds=1)) == Round(put_off=1)
    server.data_answer = "250 kept"
    assert deliver(now=after(minutes=2)) == Round(sent=1)


@pytest.mark.parametrize("where", ["recipient", "text"])
def test_a_letter_refused_for_good_fails_at_once_and_can_be_tried_again(server: MailServer, where: str) -> None:
    if where == "recipient":
        server.refusals["tamu@example.org"] = "550 nobody here"
    else:
        server.data_answer = "554 not this"
    letter = write()
    write("lain@example.org") if where == "recipient" else None
    done = deliver(now=after(seconds=1))
    assert (done.failed, done.sent) == (1, 1 if where == "recipient" else 0)
    server.refusals.clear()
    server.data_answer = "250 kept"
    try_again(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)
    assert deliver(now=after(seconds=1)).sent == 1
    assert server.recipients()[-1] == "tamu@example.org"


class Killed(BaseException):
    """The process ends here."""


def killed_on(word: str) -> Any:
    """The process dies where it would write that word into a table."""

    def killed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and word in (params or ()):
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(killed)


def test_a_crash_between_sending_and_marking_sends_twice_and_loses_nothing(server: MailServer) -> None:
    write()
    with killed_on("sent"), pytest.raises(Killed):
        deliver(now=after(seconds=1))
    assert (len(server.received), states()) == (1, ["waiting"])
    assert deliver(now=after(minutes=5)) == Round()
    assert deliver(now=after(minutes=11)) == Round(sent=1)
    assert server.received[0]["Message-ID"] == server.received[1]["Message-ID"]


@pytest.mark.parametrize("deed", [try_again, drop])
def test_a_letter_under_way_is_left_alone_until_its_lease_runs_out(
    server: MailServer, deed: Callable[..., None]
) -> None:
    letter = write()
    with killed_on("sent"), pytest.raises(Killed):
        deliver(now=after(seconds=1))
    with pytest.raises(UnderWay):
        deed(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)
    assert deliver(now=after(minutes=5)) == Round()
    assert (len(server.received), states(), Entry.objects.count()) == (1, ["waiting"], 0)
    Letter.objects.update(claimed_until=timezone.now())
    deed(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)
    assert deliver(now=after(seconds=1)).sent == (1 if deed is try_again else 0)


def test_words_erased_while_their_letter_goes_out_stay_erased(server: MailServer) -> None:
    def erased(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and "sent" in (params or ()):
            execute('UPDATE "mailbox_letter" SET "text" = %s', ("",), False, context)
        return execute(sql, params, many, context)

    write()
    with connection.execute_wrapper(erased):
        assert deliver(now=after(seconds=1)) == Round(sent=1)
    assert list(Letter.objects.values_list("state", "text")) == [("sent", "")]


def test_a_letter_waits_for_its_day_and_the_oldest_goes_first(server: MailServer) -> None:
    write("besok@example.org", not_before=after(days=1))
    write("a@example.org")
    write("b@example.org")
    assert deliver(now=after(seconds=1), limit=1) == Round(sent=1)
    assert deliver(now=after(seconds=1)) == Round(sent=1)
    assert server.recipients() == ["a@example.org", "b@example.org"]
    assert deliver(now=after(days=2)) == Round(sent=1)


def test_a_letter_named_is_written_once() -> None:
    first = write(once="reminder:7:2026-05-01")
    again = write(once="reminder:7:2026-05-01", text="Lain.")
    assert (again.pk, again.text, len(states())) == (first.pk, "Datanglah.", 1)
    write()
    write()
    assert len(states()) == 3


def test_what_opens_something_is_read_by_nobody_at_the_desk(server: MailServer, settings: Any) -> None:
    settings.KEMBAR_SAMPLE = False
    letter = write(confidential=True, text="https://k.example/open/secret")
    assert [one.readable for one in queries.letters(OFFICE)] == [""]
    deliver(now=after(seconds=1))
    letter.refresh_from_db()
    assert letter.text == ""
    assert "secret" in part(server.received[0], "plain")
    settings.KEMBAR_SAMPLE = True
    letter = write(confidential=True, text="https://k.example/open/secret")
    deliver(now=after(seconds=1))
    assert queries.letter(letter.pk, office_id=OFFICE).readable == "https://k.example/open/secret"


def test_an_office_reads_its_own_letters_only() -> None:
    letter = write(about="partnership:7")
    write(office_id=2, about="partnership:7")
    assert [one.pk for one in queries.letters(OFFICE)] == [letter.pk]
    assert [one.pk for one in queries.letters_about("partnership:7", office_id=OFFICE)] == [letter.pk]
    assert [one.pk for one in queries.letters_to("TAMU@example.org", office_id=OFFICE)] == [letter.pk]
    assert [one.pk for one in queries.letters(OFFICE, state="sent")] == []
    assert queries.counts(OFFICE) == {"waiting": 1, "sent": 0, "failed": 0, "dropped": 0}
    with pytest.raises(queries.NoSuchLetter):
        queries.letter(letter.pk, office_id=2)
    with pytest.raises(queries.NoSuchLetter):
        drop(letter.pk, by=SYSTEM, office_id=2)


def test_a_letter_no_longer_so_is_not_sent(server: MailServer) -> None:
    write(about="meeting:1", kind="reminder")
    write(about="meeting:1", kind="minutes")
    write(about="meeting:1", kind="reminder", office_id=2)
    assert withdraw("meeting:1", office_id=OFFICE, kind="reminder") == 1
    assert deliver(now=after(seconds=1)) == Round(sent=2)
    assert states() == ["dropped", "sent", "sent"]


def test_a_person_drops_a_letter_and_the_journal_says_who(server: MailServer) -> None:
    letter = write(about="partnership:7")
    drop(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)
    assert deliver(now=after(seconds=1)) == Round()
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.subject, entry.about) == (
        "letter.dropped", "Sari", f"letter:{letter.pk}", "partnership:7",
    )  # fmt: skip
    with pytest.raises(NotWaiting):
        drop(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)
    with pytest.raises(NotWaiting):
        try_again(letter.pk, by=sari(office_id=OFFICE), office_id=OFFICE)


@pytest.mark.parametrize("who", [dewi(office_id=OFFICE), jihoon(office_id=2)])
@pytest.mark.parametrize("deed", [drop, try_again])
def test_others_drop_and_retry_nothing(who: Actor, deed: Callable[..., None]) -> None:
    letter = write()
    with pytest.raises(NotAllowed):
        deed(letter.pk, by=who, office_id=OFFICE)
    assert states() == ["waiting"]


def test_a_person_is_forgotten_and_that_a_letter_was_written_stays(server: MailServer) -> None:
    write()
    deliver(now=after(seconds=1))
    write("Tamu@Example.org")
    write("lain@example.org")
    assert forget("tamu@example.org", by=SYSTEM, office_id=2) == 0
    assert forget("tamu@example.org", by=SYSTEM, office_id=OFFICE) == 2
    rows = Letter.objects.order_by("id").values_list("to_address", "heading", "text", "state")
    assert list(rows) == [("", "", "", "sent"), ("", "", "", "dropped"),
                          ("lain@example.org", "Undangan rapat", "Datanglah.", "waiting")]  # fmt: skip
    assert deliver(now=after(seconds=1)) == Round(sent=1)
    assert Entry.objects.get().facts == {"letters": 2}
