from kembar.lib.terminal import told

LINES = [{"name": "南宁", "country": "CN"}, {"name": "Suwon", "country": None}]
COLUMNS = ("name", "country")


def test_names_in_wide_scripts_keep_the_columns_of_a_table_straight():
    assert told([LINES[0], {"name": "Suwon", "country": "KR"}], COLUMNS, "table") == (
        "name   country\n南宁   CN\nSuwon  KR"
    )


def test_programs_get_the_columns_they_know_and_nothing_for_what_is_not_known():
    assert told(LINES, COLUMNS, "csv") == "name,country\n南宁,CN\nSuwon,"
    assert told([], COLUMNS, "csv") == "name,country"
    assert told(LINES[:1], COLUMNS, "json") == '[\n {\n  "name": "南宁",\n  "country": "CN"\n }\n]'


def test_truth_and_lists_are_written_plainly():
    assert told([{"name": True, "country": ["ID", "KR"]}], COLUMNS, "csv") == "name,country\ntrue,ID KR"
