"""Which tests run a second time, on PostgreSQL: those that touch a database. The rest cannot tell the two apart.

`pytest --of-the-database` leaves the others out, as `./check` does on PostgreSQL. A test that needs rows, but asks for
what no database decides, is marked `either_database` and left out as well.
"""

import pytest

FIXTURES = frozenset({"db", "transactional_db", "live_server"})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--of-the-database", action="store_true", help="only tests that touch a database")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "own_database: touches a database that it opens itself, not Django's for tests")
    config.addinivalue_line("markers", "either_database: what it looks at is decided outside the database")


def touches(item: pytest.Item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if "either_database" in marks:
        return False
    names = getattr(item, "fixturenames", ())
    return not marks.isdisjoint({"django_db", "own_database"}) or not FIXTURES.isdisjoint(names)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("of_the_database"):
        left = [item for item in items if not touches(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if touches(item)]
