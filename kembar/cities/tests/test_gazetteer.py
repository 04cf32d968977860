import pytest

from kembar.cities import gazetteer

# English register name, country, Korean, Chinese, native
PARTNERS = [
    ("Bandung", "ID", "반둥", "万隆", "Bandung"),
    ("Bangalore", "IN", "벵갈루루", "班加罗尔", "ಬೆಂಗಳೂರು"),
    ("Bari", "IT", "바리", "巴里", "Bari"),
    ("Braunschweig", "DE", "브라운슈바이크", "不伦瑞克", "Braunschweig"),
    ("Cebu", "PH", "세부", "宿务", "Cebu"),
    ("Chandler", "US", "챈들러", "钱德勒", "Chandler"),
    ("Cotabato", "PH", "코타바토", "哥打巴托", "Cotabato"),
    ("Cuenca", "EC", "쿠엥카", "昆卡", "Cuenca"),
    ("Daegu", "KR", "대구", "大邱", "대구"),
    ("Fort Worth", "US", "포트워스", "沃思堡", "Fort Worth"),
    ("Hamamatsu", "JP", "하마마쓰", "滨松", "浜松"),
    ("Hangzhou", "CN", "항저우", "杭州", "杭州"),
    ("Kawasaki", "JP", "가와사키", "川崎", "川崎"),
    ("Liuzhou", "CN", "류저우", "柳州", "柳州"),
    ("Melbourne", "AU", "멜버른", "墨尔本", "Melbourne"),
    ("Namur", "BE", "나뮈르", "那慕尔", "Namur"),
    ("Nanning", "CN", "난닝", "南宁", "南宁"),
    ("Petaling Jaya", "MY", "프탈링자야", "八打灵再也", "Petaling Jaya"),
    ("Seoul", "KR", "서울", "首尔", "서울"),
    ("Shenzhen", "CN", "선전", "深圳", "深圳"),
    ("Suwon", "KR", "수원", "水原", "수원"),
    ("Toyota", "JP", "도요타", "丰田", "豊田"),
    ("Wroclaw", "PL", "브로츠와프", "弗罗茨瓦夫", "Wrocław"),
    ("Yingkou", "CN", "잉커우", "营口", "营口"),
]


@pytest.mark.parametrize(("name", "country", "ko", "zh", "native"), PARTNERS)
def test_a_partner_has_its_names_in_every_language(name, country, ko, zh, native):
    city = gazetteer.named(name, country=country)[0]
    assert (city.name, city.name_in("ko"), city.name_in("zh-hans"), city.native) == (name, ko, zh, native)


@pytest.mark.parametrize(("name", "country", "ko", "zh", "native"), PARTNERS)
def test_a_partner_is_found_by_each_of_its_names(name, country, ko, zh, native):
    found = {gazetteer.named(text, country=country)[0].key for text in (name, ko, zh, native, name.upper())}
    assert found == {gazetteer.named(name, country=country)[0].key}


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("Solo", "Surakarta"),
        ("Jogja", "Yogyakarta"),
        ("Siantar", "Pematangsiantar"),
        ("Melaka", "Malacca"),
        ("Moskow", "Moscow"),
        ("Kairo", "Cairo"),
        ("Roma", "Rome"),
        ("Wina", "Vienna"),
        ("Praha", "Prague"),
        ("Beograd", "Belgrade"),
        ("Athena", "Athens"),
        ("Singapura", "Singapore"),
        ("Mekkah", "Makkah"),
        ("Yerusalem", "Jerusalem"),
        ("Jenewa", "Geneva"),
        ("Den Haag", "The Hague"),
    ],
)
def test_a_city_is_found_by_what_indonesians_call_it(indonesian, english):
    assert gazetteer.named(indonesian)[0].name == english


def test_the_city_and_the_regency_of_bandung_are_two_governments():
    city, regency = gazetteer.by_code("ID", "32.73"), gazetteer.by_code("ID", "32.04")
    assert (city.geonameid, city.level, city.rank) == (1650357, "city", 2)
    assert (regency.geonameid, regency.level, regency.rank) == (None, "regency", 2)
    assert gazetteer.parent(city).name_in("id") == "Jawa Barat"
    assert gazetteer.named("Bandung", country="ID") == [city, regency]


def test_every_indonesian_city_and_regency_is_there_once():
    codes = [city.code for city in gazetteer.cities() if city.country == "ID" and city.code]
    assert len(codes) == len(set(codes)) == 38 + 514


def test_the_special_region_of_yogyakarta_and_kyoto_prefecture_stand_at_one_rank():
    region, prefecture = gazetteer.by_code("ID", "34"), gazetteer.by_code("JP", "JP-26")
    assert (region.level, region.rank, region.name_in("id")) == ("special_region", 1, "Daerah Istimewa Yogyakarta")
    assert (prefecture.level, prefecture.rank, prefecture.name_in("zh-hans")) == ("prefecture", 1, "京都府")
    assert gazetteer.named("Kyoto")[0].level == "city"


def test_two_towns_of_one_name_are_told_apart_by_their_state():
    states = {city.parent_code for city in gazetteer.named("Springfield", country="US")}
    assert {"US-IL", "US-MO", "US-MA", "US-OR", "US-OH"} <= states


def test_korean_metropolitan_cities_stand_above_cities():
    assert [gazetteer.named(name)[0].rank for name in ("대구", "서울", "수원")] == [1, 1, 2]


def test_ids_and_codes_name_one_place():
    ids = [city.geonameid for city in gazetteer.cities() if city.geonameid]
    keys = [city.key for city in (*gazetteer.cities(), *gazetteer.regions())]
    assert (len(ids), len(keys)) == (len(set(ids)), len(set(keys)))


def test_a_small_twinned_town_is_there():
    assert gazetteer.by_geonameid(2071223).name == "Fremantle"


def test_no_name_carries_an_ending_that_only_says_city():
    endings = ("광역시", "특별시", " 시", "广域市", "特别市", "市市")
    assert [name for name in gazetteer.names() if name.text.endswith(endings)] == []
    assert [gazetteer.named(name)[0].name_in("zh-hans") for name in ("Yokkaichi", "Kawasaki", "Guilin")] == [
        "四日市",
        "川崎",
        "桂林",
    ]


def test_an_unknown_name_finds_nothing():
    assert gazetteer.named("Atlantis di Bawah Laut") == []
    assert gazetteer.by_geonameid(1) is None
    assert gazetteer.by_code("ID", "99.99") is None
