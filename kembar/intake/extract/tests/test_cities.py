"""Which words are cities, and which city of that name is meant."""

import pytest

from kembar.intake.extract import document_of


def cities(text: str) -> list[tuple[str, str, str]]:
    document = document_of(text)
    return [(document.text[one.start : one.end], one.name, one.country) for one in document.cities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wali Kota Bandung menerima tamu dari Suwon.", ["Bandung ID", "Suwon KR"]),
        ("Pemkot Semarang dan DPRD Kota Semarang sepakat.", ["Semarang ID", "Semarang ID"]),
        ("Delegasi Kota Chandler, Arizona, Amerika Serikat, tiba hari ini.", ["Chandler US"]),
        ("Kota Montana, Bulgaria, mengirim tamu untuk kota itu.", ["Montana BG"]),
        ("Kota Solo dan Kota Melaka bersaudara sejak lama.", ["Surakarta ID", "Malacca MY"]),
        ("Wali Kota Siantar membalas surat dari Linyi, Tiongkok.", ["Pematangsiantar ID", "Linyi CN"]),
        ("KBRI Dhaka dan KJRI Cape Town membantu pertemuan itu.", ["Dhaka BD", "Cape Town ZA"]),
        ("Hubungan Jakarta–Shanghai dirayakan di balai kota.", ["Jakarta ID", "Shanghai CN"]),
        ("BANDUNG - Para tamu itu datang untuk bekerja sama.", ["Bandung ID"]),
        ("Kabupaten Sleman menjalin kerja sama yang baru.", ["Sleman ID"]),
        ("Wali Kota Liverpool Joe Anderson datang dengan Gary Millar.", ["Liverpool GB"]),
        ("Delegasi Yongin dan Paju berkunjung ke Dalat, Vietnam.", ["Yongin KR", "Paju KR", "Da Lat VN"]),
        ("Kota Plzeň di Ceko mengirim guru ke Siheung.", ["Pilsen CZ", "Siheung KR"]),
        ("Kopi dari Garut dijual di Kobe, Jepang.", ["Garut ID", "Kobe JP"]),
        ("Pertemuan itu diadakan di Universitas Bandung dan Museum Surabaya.", []),
        ("Kawasan Bandung Teknopolis dan toko Little Bandung dibuka.", []),
        ("Provinsi Jawa Barat dan Prefektur Shizuoka bekerja sama.", []),
        ('"Kita ada urusan, kami mau bertemu anak muda," kata Erwin.', []),
        ("Surat itu sudah kami terima. Lima orang akan datang.", []),
        ("Menurut Gary, kerja sama itu akan dilanjutkan.", []),
    ],
)
def test_indonesian(text: str, found: list[str]) -> None:
    assert [f"{name} {country}" for _, name, country in cities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor of Liverpool was in Surabaya for the signing.", ["Liverpool GB", "Surabaya ID"]),
        ("Gold Coast Mayor Tom Tate flew to Makassar.", ["Gold Coast AU", "Makassar ID"]),
        ("Pyatigorsk, Russia, lost its sister city; Pyatigorsk Park got a new name.", ["Pyatigorsk RU"]),
        ("The council of Melbourne, Fla., wrote to Melbourne, Australia.", ["Melbourne US", "Melbourne AU"]),
        ("They signed in the city of Reading, which is in Britain.", ["Reading GB"]),
        ("Reading and writing is what the children of the town like.", []),
        ("The University of Manchester and the Jakarta Post were there.", []),
        (
            "She wrote to the town of Takasu in Japan and to the City of Takasuyama, Japan.",
            ["Takasu JP", "Takasuyama JP"],
        ),
    ],
)
def test_english(text: str, found: list[str]) -> None:
    assert [f"{name} {country}" for _, name, country in cities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("수원시는 인도네시아 반둥시와 교류를 시작했다.", ["Suwon KR", "Bandung ID"]),
        ("지난 3월 도시를 위해 대표단이 방문했다.", []),
        ("중국 지난시와 웨이하이시 대표단이 수원을 찾았다.", ["Jinan CN", "Weihai CN", "Suwon KR"]),
        ("대구시장은 반둥에서 협약서에 서명했다고 밝혔다.", ["Daegu KR", "Bandung ID"]),
        ("용인시와 파주시, 시흥시 대표단이 플젠시를 찾았다.", ["Yongin KR", "Paju KR", "Siheung KR", "Pilsen CZ"]),
        ("가룻군과 바뉴왕이군 공무원이 연수를 받았다.", ["Garut ID", "Banyuwangi ID"]),
        ("관객 사천 명이 모인 전장에서 두 팀이 만났다.", []),
        ("수원대학교 학생들이 고양이를 길렀다고 밝혔다.", []),
    ],
)
def test_korean(text: str, found: list[str]) -> None:
    assert [f"{name} {country}" for _, name, country in cities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("南宁市与印度尼西亚万隆市签署合作备忘录。", ["Nanning CN", "Bandung ID"]),
        ("龙仁市与坡州市代表团访问果川市。", ["Yongin KR", "Paju KR", "Gwacheon KR"]),
        ("牙律县与外南梦县代表出席，午餐有西冷牛排。", ["Garut ID", "Banyuwangi ID"]),
        ("臺南市與日本金澤市簽署友好交流協定。", ["Tainan TW", "Kanazawa JP"]),
        ("双方将在文化、教育等方面开展友好合作。", []),
        ("他毕业于北京大学，现在南宁工作。", ["Nanning CN"]),
        ("《南宁倡议》发布，共建友好家园。", []),
    ],
)
def test_chinese(text: str, found: list[str]) -> None:
    assert [f"{name} {country}" for _, name, country in cities(text)] == found


def test_german_nouns_beside_a_city_are_no_obstacle() -> None:
    text = "Seit 56 Jahren sind Braunschweig und Bandung Partnerstädte, und die Stadt Braunschweig ist stolz."
    assert [name for _, name, _ in cities(text)] == ["Braunschweig", "Bandung", "Braunschweig"]


def test_a_slip_of_the_pen_is_read_where_the_right_name_stands_too() -> None:
    text = "Wali Kota Ternate akan ke Galway di Irlandia. Di Gallway ada festival dan tamu dari Ternate."
    assert cities(text)[2] == ("Gallway", "Galway", "IE")


def test_hidden_characters_hide_no_city_and_spans_fit_the_original() -> None:
    text = "Wali Kota Ban\u200bdung menerima tamu dari Su\u00adwon."
    from kembar.intake.extract import read

    assert [text[one.start : one.end] for one in read(text).cities] == ["Ban\u200bdung", "Su\u00adwon"]
