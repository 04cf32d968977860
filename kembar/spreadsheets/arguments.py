"""What can be said to `kembar import`. Imports nothing of the product, so that the command starts at once."""

import argparse


def of_import(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Adds them to the verb and gives it back."""
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?")
    what.add_argument(
        "--undo", type=int, metavar="NUMBER", help="take back what the spreadsheet of this number brought"
    )
    command.add_argument("--reason", default="", help="why it is taken back")
    command.add_argument("--anyway", action="store_true", help="take it back though others have worked on it since")
    command.add_argument("--sheet", default="", help="name or number of the sheet; guessed when left out")
    command.add_argument("--headings", type=int, metavar="ROW", help="the row of the headings, 0 for none")
    command.add_argument(
        "--column", action="append", default=[], type=_pair, metavar="C=date", help="what a column holds"
    )
    command.add_argument("--kind", default="", help="the kind of cooperation of rows that do not say theirs")
    command.add_argument("--record", default="", help="what rows become that do not say it: event:visit")
    command.add_argument("--answer", action="append", default=[], type=_pair, metavar="NAME=MEANING",
                         help="what a name or word means: city, key, kind of record; - leaves it out")  # fmt: skip
    command.add_argument("--errors", default="", metavar="XLSX", help="where the sheet of errors goes")
    command.add_argument("--accept", action="store_true", help="bring in every row without error")
    command.add_argument(
        "--decision", choices=("accepted", "open"), default="accepted", help="how the office stands to it"
    )
    command.add_argument("--language", choices=("id", "en", "ko", "zh-hans"), default="id")
    return command


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not like NAME=MEANING")
    return name.strip(), value.strip()
