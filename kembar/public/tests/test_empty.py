"""A site nobody has filled yet."""

from django.test import Client


def test_an_empty_site_says_what_to_do(client: Client, db: None) -> None:
    assert "<h1>Belum ada register untuk ditampilkan</h1>" in client.get("/").content.decode()
