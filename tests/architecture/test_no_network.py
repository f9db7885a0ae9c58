"""No test reaches beyond this machine."""

from __future__ import annotations

import socket
import threading
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

# Addresses set aside for documentation (RFC 5737 and RFC 3849): nothing answers there.
ELSEWHERE = [("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6)]


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
@pytest.mark.parametrize(("address", "family"), ELSEWHERE)
def test_a_connection_to_elsewhere_is_refused(address, family):
    with (
        socket.socket(family, socket.SOCK_STREAM) as outward,
        pytest.raises(SocketConnectBlockedError, match=address),
    ):
        outward.connect((address, 80))


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_library_cannot_fetch_from_elsewhere():
    with pytest.raises(SocketConnectBlockedError):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)


def test_the_machine_itself_may_be_reached():
    """Else the tests above would pass for another reason, and no test could meet a server of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = threading.Thread(target=lambda: server.accept()[0].close())
        answer.start()
        with socket.create_connection(server.getsockname(), timeout=5) as near:
            assert near.recv(1) == b""
        answer.join(timeout=5)
