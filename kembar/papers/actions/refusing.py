"""What is refused, and text made fit to keep."""

from kembar.lib.text import clean


class WrongPaper(Exception):
    """This cannot be kept so: where (`field`), why (`code`: missing, too_long, unknown, rules.pattern_fault)."""

    def __init__(self, field: str, *, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


def words(field: str, *, text: str, longest: int = 200, needed: bool = True) -> str:
    """`text` without what nobody sees. Raises WrongPaper."""
    found = clean(text).replace("\r\n", "\n")
    if needed and not found:
        raise WrongPaper(field, code="missing")
    if len(found) > longest:
        raise WrongPaper(field, code="too_long")
    return found
