"""The command `kembar`: one function per verb, each calling queries and actions. `kembar VERB --help` explains it."""

import argparse
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kembar.lib.terminal import told
from kembar.spreadsheets.arguments import of_import


class CommandRefused(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb. Exit code 0 done, 1 refused with a sentence on standard error, 2 wrongly called, 3 in part."""
    given = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        return given.verb(given) or 0
    except CommandRefused as refusal:
        print(f"kembar: {refusal}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _django() -> None:
    import django

    django.setup()


def _office(slug: str) -> Any:
    """The office the command speaks of. Raises CommandRefused when the instance is empty or has no such office."""
    from django.conf import settings
    from django.db import OperationalError, ProgrammingError

    from kembar.cities.queries import NoSuchOffice, office

    slug = slug or settings.KEMBAR_HOME_OFFICE
    try:
        return office(slug)
    except (OperationalError, ProgrammingError):
        raise CommandRefused(
            "the database is empty; open your city's office with kembar open-office, "
            "or fill it with the sample story: kembar demo --stage register"
        ) from None
    except NoSuchOffice:
        raise CommandRefused(
            f"there is no office {slug!r} here; kembar open-office opens one, kembar demo makes bandung"
        ) from None


# --- the register ---------------------------------------------------------------------------------------------------


def partnerships(given: argparse.Namespace) -> None:
    """The register on a day."""
    _django()
    from kembar.public.lines import PARTNERSHIP_COLUMNS, partnership_lines

    office = _office(given.office)
    print(told(partnership_lines(office, on=given.on or office.today()), PARTNERSHIP_COLUMNS, given.format))


def lead_times(given: argparse.Namespace) -> None:
    """How long each leg of the road took."""
    _django()
    from kembar.public.lines import LEG_COLUMNS, leg_lines

    print(told(leg_lines(_office(given.office)), LEG_COLUMNS, given.format))


def cases(given: argparse.Namespace) -> None:
    """The cases on the legal road on a day: who holds them, since when, what is missing."""
    _django()
    from kembar.public.lines import CASE_COLUMNS, case_lines

    office = _office(given.office)
    print(told(case_lines(office, on=given.on or office.today()), CASE_COLUMNS, given.format))


def cities(given: argparse.Namespace) -> None:
    """Cities of the world by name, in any script."""
    _django()
    from kembar.public.lines import CITY_COLUMNS, city_lines

    print(told(city_lines(given.query, limit=given.limit), CITY_COLUMNS, given.format))


def import_claims(given: argparse.Namespace) -> None:
    """Bring in a file of claims, all or nothing."""
    _django()
    from kembar.access.permissions import SYSTEM
    from kembar.agreements.actions import import_claims as bring_in
    from kembar.agreements.claims_file import ClaimsFileRefused
    from kembar.public.lines import refusal_lines

    office = _office(given.office)
    try:
        text = Path(given.file).read_bytes().decode("utf-8-sig")
        done = bring_in(text, by=SYSTEM, office=office)
    except OSError as error:
        raise CommandRefused(f"{given.file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandRefused(f"{given.file} is not text in UTF-8; save it as CSV UTF-8. Nothing was written") from None
    except ClaimsFileRefused as refused:
        lines = "\n".join(f"  {line}" for line in refusal_lines(refused.errors))
        raise CommandRefused(f"{given.file} was not taken, and nothing of it was written:\n{lines}") from None
    print(f"{done.rows} rows: {done.new} new claims, {done.known} known already")


def import_table(given: argparse.Namespace) -> int:
    """Bring in an office's old spreadsheet (XLSX, ODS, CSV) as its page does; without --accept only look it through."""
    _django()
    from django.db import Error
    from django.utils.translation import override

    from kembar.access.permissions import SYSTEM
    from kembar.spreadsheets import terminal

    office = _office(given.office)
    try:
        with override(given.language):
            said, code = terminal.answer(given, by=SYSTEM, office=office)
    except terminal.Stopped as stopped:
        raise CommandRefused(str(stopped)) from None
    except Error as error:
        raise CommandRefused(f"the database refused; look at its disk and log, then begin again: {error}") from None
    except OSError as error:
        raise CommandRefused(f"{error.filename} cannot be read or written: {error.strerror}") from None
    print(said)
    return code


# --- the reader -----------------------------------------------------------------------------------------------------


def read(given: argparse.Namespace) -> None:
    """Read a text, or a folder of them: cities, people, dates, money, agreements, promises."""
    path = Path(given.path)
    if path.is_dir():
        _read_folder(path, Path(given.out) if given.out else None, given)
        return
    try:
        answer = _read_one(path, given)
    except OSError as error:
        raise CommandRefused(f"{path} cannot be read: {error.strerror}") from None
    print(answer)


def _read_folder(folder: Path, out: Path | None, given: argparse.Namespace) -> None:
    """Every file below the folder, each answer under the same path in `out`; one that cannot be read stops no other."""
    if out is None:
        raise CommandRefused(f"{folder} is a folder; say where its readings go: --out DIR")
    failed = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _READABLE):
        try:
            answer = _read_one(path, given)
        except (OSError, CommandRefused) as error:
            failed.append(str(error))
            continue
        target = (out / path.relative_to(folder)).with_suffix(".json" if given.format == "json" else ".txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(answer + "\n", encoding="utf-8")
    if failed:
        raise CommandRefused("\n".join(["not all could be read; the others are done:", *failed]))


_READABLE = {".txt", ".docx", ".pdf", ".html", ".htm"}
_WHY_NOT = {
    "empty": "the file is empty",
    "too_large": "the file is larger than 5 MB, or longer than 300 pages",
    "picture": "a picture; pictures of text cannot be read",
    "not_text": "no text, Word file, PDF or web page",
    "broken": "the file is damaged",
    "locked": "the file is locked with a password; save it without",
    "no_text_inside": "the file opens but holds no text",
}


def _read_one(path: Path, given: argparse.Namespace) -> str:
    from kembar.intake.readings import reading_of
    from kembar.intake.upload import CannotRead, text_of

    try:
        done = reading_of(text_of(path.read_bytes()), published=given.published)
    except CannotRead as refused:
        raise CommandRefused(f"{path}: {_WHY_NOT[refused.code]}") from None
    return done.as_text() if given.format == "text" else json.dumps(done.as_json(), ensure_ascii=False)


# --- the instance ---------------------------------------------------------------------------------------------------


def demo(given: argparse.Namespace) -> None:
    """Fill the instance with the sample story."""
    _django()
    from django.core.management import call_command

    from kembar.cities.queries import has_office
    from kembar.demo import stages
    from kembar.people.queries import NoSample

    call_command("migrate", verbosity=0)
    if given.if_empty and has_office():
        call_command("index", verbosity=0)
        return
    try:
        stages.tell(given.stage)
    except NoSample:
        raise CommandRefused(f"the stage {given.stage!r} has accounts everyone knows: set KEMBAR_SAMPLE=1") from None
    except KeyError:
        known = ", ".join(stages.STAGES)
        raise CommandRefused(f"there is no stage {given.stage!r}; there are: {known}") from None
    print(f"The sample story stands at the stage {given.stage!r}.", file=sys.stderr)


def serve(given: argparse.Namespace) -> None:
    """Serve the product on this machine until stopped."""
    _refuse_a_taken_port(given.host, given.port)
    os.environ.setdefault("KEMBAR_SITE_ADDRESS", f"http://localhost:{given.port}")
    _django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    workers = given.workers or os.cpu_count() or 1
    print(f"Kembar: http://localhost:{given.port}", flush=True)
    _print_sample_accounts()
    command = ["granian", "--interface", "wsgi", "--host", given.host, "--port", str(given.port),
               "--workers", str(workers), "--blocking-threads", "1", "--log-level", "warning",
               "config.wsgi:application"]  # fmt: skip
    os.execv(sys.executable, [sys.executable, "-m", *command])  # noqa: S606


def _refuse_a_taken_port(host: str, port: int) -> None:
    """The server shares its port among its workers: a second one would join the first and answer every other call."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A port just left is free; one that somebody listens on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            raise CommandRefused(
                f"port {port} of {host} cannot be used ({wrong.strerror}). Perhaps Kembar is running there already; "
                "otherwise choose another one: --port 8001, or PORT=8001 ./run"
            ) from None


def _print_sample_accounts() -> None:
    """Whom one can sign in as on a sample instance, and how."""
    from kembar.demo.stages import PASSWORD
    from kembar.people.queries import sample_accounts

    accounts = sample_accounts()
    if accounts:
        width = max(len(account.email) for account in accounts)
        print(f"Sample accounts, password {PASSWORD!r}; `kembar code ACCOUNT` shows the code of the second factor:")
        for account in accounts:
            print(f"  {account.email:<{width}}  {account.name}", flush=True)


def code(given: argparse.Namespace) -> None:
    """The code that a sample account's authenticator app shows now."""
    # Asked for in another terminal than ./run. Where it is no sample instance, sample accounts cannot sign in anyway.
    os.environ.setdefault("KEMBAR_SAMPLE", "1")
    _django()
    from kembar.people.queries import NoSample, sample_code

    try:
        print(sample_code(given.account))
    except NoSample:
        raise CommandRefused(
            f"{given.account} is no sample account here. Codes are shown on a sample instance on this machine only; "
            "everyone else reads theirs from their own app"
        ) from None


def open_office(given: argparse.Namespace) -> None:
    """Open the office of a city, on an empty database too, and invite its head."""
    _django()
    from django.core.management import call_command

    from kembar.access.permissions import SYSTEM
    from kembar.cities.actions import WrongOffice
    from kembar.people.actions.members import WrongInvitation
    from kembar.people.actions.offices import open_with_head

    call_command("migrate", verbosity=0)
    try:
        done = open_with_head(
            _city(given.city, given.country), by=SYSTEM, slug=given.slug, name=given.head_name, email=given.head_mail,
            language=given.language,
        )  # fmt: skip
    except WrongOffice as wrong:
        raise CommandRefused(_NO_OFFICE[wrong.reason].format(slug=wrong.slug)) from None
    except WrongInvitation as wrong:
        raise CommandRefused(f"nothing was opened: --head-{_GIVEN[wrong.reason]} is wrong") from None
    said = f"The office of {done.office.local_government} {'is open' if done.is_new else 'was open already'}"
    print(f"{said}: {_page('public:register', office=done.office.slug)}")
    if done.letter:
        print(f"{done.letter.email} is invited as its head. {_HOW_IN}\n{_link(done.letter)}")
    elif done.is_member:
        print(f"{given.head_mail} is its head already.")
    else:
        print(f"{given.head_mail} was invited before and the link still works; kembar invite writes a new one.")
    _say_home_office(done.office.slug)


_GIVEN = {"name": "name", "email": "mail"}
_NO_OFFICE = {
    "slug": "{slug!r} is no address of an office: small letters, digits, hyphens, at most 40; choose one with --slug",
    "taken": "another city's office stands at {slug!r}; choose another address with --slug",
    "open": "this city's office is open already, at {slug!r}; for that one say --slug {slug}",
}
_HOW_IN = "The letter is written; the link, which works once within seven days:"


def _city(name: str, country: str) -> Any:
    """The one place meant by a name in any script, or by the key that a refusal printed."""
    from kembar.cities.queries import AmbiguousCity, UnknownCity, by_key, find

    try:
        return by_key(name) or find(name, country=country or None)
    except AmbiguousCity as several:
        lines = "\n".join(
            f"  {place.key}  {place.english_name}, {place.region or '-'}, {place.country}"
            for place in several.candidates[:20]
        )
        raise CommandRefused(f"several places are called {name!r}; give one of these keys instead:\n{lines}") from None
    except UnknownCity:
        raise CommandRefused(f"no city is called {name!r}; look for it with: kembar cities {name!r}") from None


def _say_home_office(slug: str) -> None:
    from django.conf import settings

    from kembar.cities.queries import has_office_at

    if not has_office_at(settings.KEMBAR_HOME_OFFICE):
        print(f"Set KEMBAR_HOME_OFFICE={slug} to have it on the first page of the site.")


def _page(name: str, **parts: str) -> str:
    from django.conf import settings
    from django.urls import reverse

    return str(settings.KEMBAR_SITE_ADDRESS) + reverse(name, kwargs=parts)


def _link(letter: Any) -> str:
    """What stands in a letter that was just written."""
    return _page("people_invitation", token=letter.token)


def invite(given: argparse.Namespace) -> None:
    """Invite somebody to an office."""
    _django()
    from kembar.access.permissions import SYSTEM
    from kembar.people.actions.members import WrongInvitation
    from kembar.people.actions.members import invite as write

    office = _office(given.office)
    try:
        letter = write(office, by=SYSTEM, name=given.name, email=given.email, role=given.role)
    except WrongInvitation as wrong:
        raise CommandRefused(f"nobody was invited: {wrong.reason} is wrong, or they are a member already") from None
    print(f"{given.email} is invited. {_HOW_IN}\n{_link(letter)}")


def backup(given: argparse.Namespace) -> None:
    """Write the whole instance, database and documents, into one file, while people work."""
    _django()
    from kembar.backup.archive import Refused
    from kembar.backup.making import back_up

    try:
        done = back_up(Path(given.file))
    except Refused as refused:
        raise CommandRefused(str(refused)) from None
    documents = sum(name.startswith("files/") for name in done.parts)
    print(f"{given.file}: {sum(done.rows.values())} rows, {documents} documents. Guard it like the database itself.")
    if done.missing:
        print(f"{len(done.missing)} documents have a row and no content: " + ", ".join(done.missing), file=sys.stderr)


def restore(given: argparse.Namespace) -> None:
    """Put a backup back into an empty instance."""
    _django()
    from kembar.backup.archive import Refused
    from kembar.backup.restoring import has_other_key
    from kembar.backup.restoring import restore as put_back

    try:
        done = put_back(Path(given.file))
    except Refused as refused:
        raise CommandRefused(str(refused)) from None
    print(f"Restored what was backed up on {done.made_at}: {sum(done.rows.values())} rows. Everybody signs in again.")
    if has_other_key(done):
        print(
            "The secret key is another than there: second factors cannot be read. Set KEMBAR_SECRET_KEY to the old one "
            "and start again, or reset each member's second factor.", file=sys.stderr,
        )  # fmt: skip


def show_map(given: argparse.Namespace) -> None:
    """The folders in their order, each with its one sentence."""
    from kembar.lib.layers import folders

    for name, sentence in folders(Path(__file__).parent):
        print(f"{name:<16}{sentence}")


# --- arguments ------------------------------------------------------------------------------------------------------


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2025-03-26") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kembar", description="The shared workspace of twin cities.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    register = _verb(verbs.add_parser("partnerships", help=partnerships.__doc__), partnerships, _TABLES)
    register.add_argument("--on", type=_day, help="the day, 2025-03-26; today when left out")
    walks = _verb(verbs.add_parser("cases", help=cases.__doc__), cases, _TABLES)
    walks.add_argument("--on", type=_day, help="the day, 2025-03-26; today when left out")
    times = _verb(verbs.add_parser("lead-times", help=lead_times.__doc__), lead_times, _TABLES)
    found = _verb(verbs.add_parser("cities", help=cities.__doc__), cities, _TABLES)
    found.add_argument("query")
    found.add_argument("--limit", type=int, default=20)
    bring = _verb(verbs.add_parser("import-claims", help=import_claims.__doc__), import_claims)
    bring.add_argument("file")
    table = of_import(_verb(verbs.add_parser("import", help=import_table.__doc__), import_table))
    opened = _verb(verbs.add_parser("open-office", help=open_office.__doc__), open_office)
    opened.add_argument("city", help="its name in any script, or a key such as geonames:1650357")
    opened.add_argument("--head-mail", required=True, help="the e-mail address of the head of the office")
    opened.add_argument("--head-name", required=True, help="the name of the head of the office")
    opened.add_argument("--country", default="", type=str.upper, help="ID, KR, …: where several cities share a name")
    opened.add_argument("--slug", default="", help="the word its addresses begin with; the city's own when left out")
    opened.add_argument("--language", choices=("id", "en", "ko", "zh-hans"), default="id", help="of the invitation")
    guest = _verb(verbs.add_parser("invite", help=invite.__doc__), invite)
    guest.add_argument("email")
    guest.add_argument("--name", required=True)
    guest.add_argument("--role", default="head", help="head, officer, translator, reader or administrator")
    for command in (register, walks, times, bring, table, guest):
        command.add_argument("--office", default="", help="the office's short name; the home office when left out")
    reader = _verb(verbs.add_parser("read", help=read.__doc__), read)
    reader.add_argument("path", help="a file (TXT, DOCX, PDF, HTML) or a folder of them")
    reader.add_argument("--published", type=_day, nargs="?", help="the day it was published, 2025-03-26")
    reader.add_argument("--format", choices=("json", "text"), default="json")
    reader.add_argument("--out", default="", help="for a folder: where one answer per file goes")
    story = _verb(verbs.add_parser("demo", help=demo.__doc__), demo)
    story.add_argument("--stage", default="register")
    story.add_argument("--if-empty", action="store_true", help="do nothing when there is an office already")
    shown = _verb(verbs.add_parser("code", help=code.__doc__), code)
    shown.add_argument("account", help="the address of the account, petugas@bandung.example")
    server = _verb(verbs.add_parser("serve", help=serve.__doc__), serve)
    server.add_argument("--port", type=int, default=8000)
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--workers", type=int, default=0)
    for kept in (_verb(verbs.add_parser("backup", help=backup.__doc__), backup),
                 _verb(verbs.add_parser("restore", help=restore.__doc__), restore)):  # fmt: skip
        kept.add_argument("file")
    _verb(verbs.add_parser("map", help=show_map.__doc__), show_map)
    return parser


_TABLES = ("json", "csv", "table")


def _verb(
    command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int | None], formats: Sequence[str] = ()
) -> argparse.ArgumentParser:
    command.set_defaults(verb=run)
    if formats:
        command.add_argument("--format", choices=formats, default="table")
    return command


if __name__ == "__main__":
    sys.exit(main())
