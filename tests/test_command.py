"""The command `kembar` as people read it in a terminal."""

import socket

import pytest

from kembar.__main__ import main


def test_a_second_server_does_not_slip_in_beside_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server's own workers do
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    assert f"port {port} of 127.0.0.1 cannot be used" in capsys.readouterr().err
