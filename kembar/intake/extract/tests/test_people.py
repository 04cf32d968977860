"""People by the words around them: one table per way of naming, in Latin letters, Hangul and Hanzi."""

from __future__ import annotations

import pytest

from kembar.intake.extract import document_of
from kembar.intake.extract.reading import Person

LATIN = [
    ("Menurut Wali Kota Garut Rudy Gunawan, rapat ditunda sampai pekan depan.", ["Rudy Gunawan"]),
    ("Pj. Wali Kota Padang Hj. Rosmiati Chaniago, S.H., M.M. menjamu mereka.", ["Rosmiati Chaniago"]),
    ("Kepala Dinas Lingkungan Hidup dan Kebersihan Salman Fauzi hadir.", ["Salman Fauzi"]),
    ("Hal itu disampaikan Erwin. Kota ini ramai, kata Erwin.", ["Erwin"]),
    ("Gungun Saptari, Direktur Umum PD Kebersihan, menuturkan hal itu.", ["Gungun Saptari"]),
    ("Isa Subagdja selaku Ketua DPRD ikut menandatangani.", ["Isa Subagdja"]),
    ("Utusan itu, Nong Shengwen, menyoroti kecerdasan buatan.", ["Nong Shengwen"]),
    ("Rombongan dipimpin Hong Joon-pyo dari Korea Selatan.", ["Hong Joon-pyo"]),
    ("Hadir: Lilis Nurhayati, Agus Permadi, dan tiga orang tamu.", ["Lilis Nurhayati", "Agus Permadi"]),
    ('The mayor, Moh. Ramdhan "Danny" Pomanto, signed it.', ['Moh. Ramdhan "Danny" Pomanto']),
    ("Ezekiel Tweddlefax, who runs a shop, asked who would pay.", ["Ezekiel Tweddlefax"]),
    ("Consul General Moazzam Malik called. Malik told the mayor so.", ["Moazzam Malik"]),
    ("According to Keith Rahe, president and CEO of the agency, it is done.", ["Keith Rahe"]),
    (
        "Wirtschaftsdezernent Gerold Leppa und Bürgermeisterin Annegret Ihbe reisten mit.",
        ["Gerold Leppa", "Annegret Ihbe"],
    ),
    ("Die Reise begann im Mai, und der Abwasserverband kam mit.", []),
    ("Mereka menginap di Hotel Savoy Homann lalu ke Jalan Asia Afrika.", []),
    ('"It is a start," said Councillor Jean-Pierre van der Merwe.', ["Jean-Pierre van der Merwe"]),
    ("Acting mayor Bambang Wirasaputra signed for Bandung.", ["Bambang Wirasaputra"]),
    ("Universitas Padjadjaran menandatangani naskah itu.", []),
    ("Rektor Universitas Padjadjaran Rina Indiastuti menandatangani naskah.", ["Rina Indiastuti"]),
    ("Duta Besar Inggris untuk Indonesia Dominic Jermey mengunjungi Bandung.", ["Dominic Jermey"]),
    ("Hal senada disampaikan Yayan A. Brillyana, Kepala Diskominfo.", ["Yayan A. Brillyana"]),
    ("Delegasi dipimpin Wakil Gubernur Jabar Uu Ruzhanul Ulum.", ["Uu Ruzhanul Ulum"]),
    ("Chief executive Nguyen Thi Minh Hang spoke after Tran Van Tuan.", ["Nguyen Thi Minh Hang", "Tran Van Tuan"]),
    ("Terima kasih banyak.\n\nHormat kami,\nFergal Mac Suibhne\n", ["Fergal Mac Suibhne"]),
    ("The National Museum of Korea will lend six pieces.", []),
    ("Selasa lalu Dinas Perhubungan dan Badan Usaha Milik Daerah hadir.", []),
]
HANGUL = [
    ("○기획실장 구미라: 네, 세 곳입니다.", ["구미라"]),
    ("지난 3월 왕메이링 다롄시 부시장이 방문했다.", ["왕메이링"]),
    ("아르샤 무란타 의원은 선물을 받았다.", ["아르샤 무란타"]),
    ("홍준표 시장은 환영한다고 말했다.", ["홍준표"]),
    ("신현국 문경시장 일행이 도시를 찾았다.", ["신현국"]),
    ("무하마드 파르한 반둥시장이 대구를 방문했다.", ["무하마드 파르한"]),
    ("수원시(시장 서태건)가 협약을 체결했다.", ["서태건"]),
    ("이번 시장은 지난 회의를 말했다.", []),
    ("조코 위도도 대통령이 방문했다.", ["조코 위도도"]),
    ("응우옌 티 란 부국장도 자리했다.", ["응우옌 티 란"]),
    ("자카르타 주지사 프라모노 아눙은 말했다.", ["프라모노 아눙"]),
    ("빅터 로페즈 주한 멕시코 대사는 말했다.", ["빅터 로페즈"]),
    ("김하늘 학생은 꼭 다시 가고 싶다고 말했다.", ["김하늘"]),
    ("표민서 파주시장과 왕징 진저우시 부시장이 협약서에 서명했다.", ["표민서", "왕징"]),
    ("두랄리 아제르바이잔 대사 등이 참석했다.", ["두랄리"]),
    ("오사마 알리 키갈리시 도시교통 자문관은 조명 설계를 부탁했다.", ["오사마 알리"]),
    ("누르자한 베굼 자카르타 부시장은 공급하겠다고 말했다.", ["누르자한 베굼"]),
    ("주부산 인도네시아 총영사 이르완 사푸트라는 축사를 했다.", ["이르완 사푸트라"]),
    ("표민서 인천시장(사진)은 리밍위안 톈진시 부시장을 접견했다.", ["표민서", "리밍위안"]),
    ("표민서 지사는 일본 고치현 하마다 세이지 지사와 약속했다.", ["표민서", "하마다 세이지"]),
    ("시의 국제교류팀 표민서 주무관은 계속할 것이라고 말했다.", ["표민서"]),
    ("문의: 국제협력과 표민서 (031-000-0000)", ["표민서"]),
    ("표민서 시장은 베트남 꽝남성 레 찌 타인 성장과 환담했다.", ["표민서", "레 찌 타인"]),
    ("환영식에서 도밍고 산체스 의장은 고맙다고 했다.", ["도밍고 산체스"]),
    ("단상에 오른 아흐메드 유수프(42) 씨는 웃음을 지었다.", ["아흐메드 유수프"]),
    ("이번 방문에는 시의원 표민서, 나은결, 설주원 의원이 동행했다.", ["표민서", "나은결", "설주원"]),
    ('표민서는 웃으며 "또 오겠다"고 했다.', ["표민서"]),
    ('"또 오겠다." 나은결이 덧붙였다.', ["나은결"]),
    ('조직위는 "내년에도 연다"고 했다.', []),
    ("수신: 발릭파판시 국제협력부 데위 라흐마와티 귀하", ["데위 라흐마와티"]),
    ("신임 부시장이 처음으로 해외 출장에 나섰다.", []),
]
HANZI = [
    ("填表人：顾晓东 填报日期：3月", ["顾晓东"]),
    ("拉杰什·库马尔先生：您好。", ["拉杰什·库马尔"]),
    ("南宁市委书记农生文表示,合作前景广阔。", ["农生文"]),
    ("侯刚市长介绍了城市。", ["侯刚"]),
    ("万隆市市长穆罕默德·法尔汉在致辞中说。", ["穆罕默德·法尔汉"]),
    ("记录:龚雪", ["龚雪"]),
    ("協定由副市長吳柏翰與對方代表共同簽署。", ["吳柏翰"]),
    ("早川真由美議員代表市議會致意。", ["早川真由美"]),
    ("市人大常委会副主任司马文等陪同。", ["司马文"]),
    ("俄罗斯叶卡捷琳堡市市长阿列克谢·奥尔洛夫率代表团来访。", ["阿列克谢·奥尔洛夫"]),
    ("德国不伦瑞克市市长托尔斯滕·科恩布卢姆博士与客人交谈。", ["托尔斯滕·科恩布卢姆"]),
    ("参会人员：赵敏、钱进、孙丽", ["赵敏", "钱进", "孙丽"]),
    ("德国城市的代表与王市长交谈。", []),
    ("市长和书记出席会议。", []),
]


def people(text: str) -> list[Person]:
    return document_of(text).people


@pytest.mark.parametrize(("text", "wanted"), LATIN + HANGUL + HANZI)
def test_people_are_told_by_office_speech_title_and_shape(text: str, wanted: list[str]) -> None:
    assert [person.name for person in people(text)] == wanted


CHATS = [
    (
        "02/05/25 08.15 - Nadia Wulandari: Pagi semua\n02/05/25 08.17 - Bu Ratna Kabag: Siap\n"
        "02/05/25 08.18 - +62 811-0000-0000: ok\n",
        ["Nadia Wulandari"],
    ),
    ("[12/3/25, 09:10] Joko Hartanto: Hadir\n[12/3/25, 09:11] Admin Kantor: Terima kasih\n", ["Joko Hartanto"]),
    ("[정다인] [오전 9:02] 명단 왔어요\n[국제팀장님] [오전 9:05] 네\n[응우옌 반 린] [오후 1:05] 네\n",
     ["정다인", "응우옌 반 린"]),
    ("郭子涵 09:14\n收到\n\n所有人 09:15\n好的\n", ["郭子涵"]),
    ("Jadwal:\nPesta Rakyat 09:14\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CHATS)
def test_who_writes_in_a_chat_is_told_by_the_time_beside_the_name(text: str, wanted: list[str]) -> None:
    assert [person.name for person in people(text)] == wanted


def test_a_short_form_is_a_mention_of_the_full_name() -> None:
    text = "Wali Kota Muhammad Farhan hadir. Farhan berharap hujan reda, ujar Farhan."
    [person] = people(text)
    assert (person.name, person.office, [text[start:end] for start, end in person.mentions]) == (
        "Muhammad Farhan",
        "Wali Kota",
        ["Muhammad Farhan", "Farhan", "Farhan"],
    )


def test_a_nickname_is_an_alias_of_the_person_named_before() -> None:
    text = "Wali Kota Ridwan Kamil hadir. Pria yang akrab disapa Emil ini tersenyum. Ayo, kata Emil."
    [person] = people(text)
    assert (person.name, person.aliases) == ("Ridwan Kamil", ("Emil",))


def test_the_office_is_kept_beside_the_name() -> None:
    [person] = people("Kepala Dinas Pendidikan Wawan Suherman hadir di ruang rapat.")
    assert (person.office, person.of) == ("Kepala", "Dinas Pendidikan")


def test_an_acting_mayor_is_found_under_each_short_form() -> None:
    for short in ("Pj", "Plt", "Plh", "Pjs"):
        assert [one.name for one in people(f"{short}. Bupati Bandung Dadang Supriatna hadir.")] == ["Dadang Supriatna"]


def test_a_byline_names_who_wrote() -> None:
    assert [one.name for one in people("Rapat selesai pukul dua siang tadi.\n\nPenulis: Nur Khansa Ranawati\n")] == [
        "Nur Khansa Ranawati"
    ]
