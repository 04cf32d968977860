"""Five articles in our own words, each telling of what one of the project's founding articles tells of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Article:
    """`partner` is the file it is about, `promise` begins the promise that the story follows; empty where the text
    promises nothing, so that an officer enters by hand what was agreed. `change`: what the office corrects later,
    before and after. `theirs`: the promise in the partner's language, `code` of that language, before and after."""

    title: str
    published: date
    partner: str
    country: str
    promise: str
    change: tuple[str, str]
    code: str
    theirs: tuple[str, str]
    body: str


SHENZHEN = Article(
    "Bandung dan Tiongkok Bicara Ekosistem Digital", date(2025, 6, 10), "shenzhen", "CN", "mendorong",
    ("teknisi", "30 teknisi"), "zh-hans",
    ("推动电动汽车本地生产和技师培训", "推动电动汽车本地生产和三十名技师培训"),
    """BANDUNG – Wakil Wali Kota Bandung Erwin berbicara tentang kerja sama dengan Kota Shenzhen, Tiongkok, di sebuah \
kampus di Bandung, Selasa (10/6/2025).

Sejak 2024 pelajar dari Tiongkok ikut dalam program kepemimpinan pemuda Baraya di Bandung. Pemkot Bandung akan \
mendorong produksi kendaraan listrik setempat dan pelatihan teknisi bersama Shenzhen pada 2026.

Simak juga: harga emas hari ini.
""",
)  # fmt: skip

NANNING = Article(
    "Bandung Menjajaki Kerja Sama dengan Nanning", date(2025, 3, 26), "nanning", "CN", "mengunjungi",
    ("September", "Oktober"), "zh-hans",
    ("2025年9月访问南宁，商谈合作细节", "2025年10月访问南宁，商谈合作细节"),
    """BANDUNG – Pemerintah Kota Bandung menerima delegasi Kota Nanning, Tiongkok, pada Selasa, 25 Maret 2024. Wali \
Kota Bandung Muhammad Farhan menyebut kecerdasan buatan, pertanian, kesehatan dan ekonomi hijau.

Delegasi Kota Bandung akan mengunjungi Nanning pada September 2025 untuk membahas rincian kerja sama.

Baca juga: jadwal kereta.
""",
)  # fmt: skip

DAEGU = Article(
    "Dewan Mendukung Kerja Sama dengan Daegu", date(2025, 3, 25), "daegu", "KR", "mengirim",
    ("20", "30"), "ko",
    ("대구에 대학생 20명을 보낸다", "대구에 대학생 30명을 보낸다"),
    """BANDUNG – DPRD Kota Bandung menyetujui rencana kerja sama dengan Kota Daegu, Korea Selatan, Selasa (25/3/2025). \
Bidangnya ekonomi kreatif, teknologi informasi, lingkungan dan UMKM.

Pemkot Bandung akan mengirim 20 mahasiswa ke Daegu pada 2026. Pada 2023 beberapa pegawai Kota Bandung magang di sana.
""",
)  # fmt: skip

CHANDLER = Article(
    "Bandung dan Chandler Saling Menjajaki", date(2016, 9, 28), "chandler", "US", "menerima",
    ("sepuluh", "belasan"), "en",
    ("receive ten engineers from Bandung for training in 2017", "receive twelve engineers from Bandung in 2017"),
    """BANDUNG – Perwakilan Kota Chandler, Arizona, Amerika Serikat, bertemu Wali Kota Bandung Ridwan Kamil di pendopo \
kemarin (27/9).

Kota Chandler akan menerima sepuluh insinyur Bandung untuk pelatihan pada 2017. Pekan depan dua toko Little Bandung \
dibuka di Malaysia.
""",
)  # fmt: skip

SUWON = Article(
    "Apa Itu Kota Kembar?", date(2025, 10, 1), "suwon", "KR", "",
    ("tahun", "semester"), "ko",
    ("수원과 해마다 청소년 축구 경기를 연다", "수원과 이 년마다 청소년 축구 경기를 연다"),
    """Halo, teman-teman! Kota kembar ialah hubungan resmi dua kota di dua negara. Kota Bandung, misalnya, berkawan \
dengan Suwon di Korea Selatan sejak 2013.

Hubungan semacam ini mendekatkan warga dan membuka jalan bagi budaya, pendidikan dan perdagangan.
""",
)  # fmt: skip

ALL = (SHENZHEN, NANNING, DAEGU, CHANDLER, SUWON)
