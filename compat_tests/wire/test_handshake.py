"""The handshake of a named pipe: who knows the secret gets through, nobody else learns anything."""

from __future__ import annotations

import pytest

from tmuxish.wire.handshake import (
    CHALLENGE_SIZE,
    HELLO_SIZE,
    MAC_SIZE,
    MAGIC,
    ClientSide,
    HandshakeError,
    ServerSide,
    new_secret,
)

SECRET = b"s" * 32


def test_both_sides_accept_each_other() -> None:
    client, server = ClientSide(SECRET), ServerSide(SECRET)
    hello = client.hello()
    challenge = server.challenge(hello)
    proof = client.prove(challenge)
    server.check(proof)
    assert (len(hello), len(challenge), len(proof)) == (HELLO_SIZE, CHALLENGE_SIZE, MAC_SIZE)


def test_a_server_without_the_secret_is_found_out() -> None:
    client, impostor = ClientSide(SECRET), ServerSide(b"guess".ljust(32))
    with pytest.raises(HandshakeError):
        client.prove(impostor.challenge(client.hello()))


def test_a_client_without_the_secret_is_sent_away() -> None:
    server, stranger = ServerSide(SECRET), ClientSide(b"guess".ljust(32))
    server.challenge(stranger.hello())
    with pytest.raises(HandshakeError):
        server.check(b"\0" * MAC_SIZE)
    with pytest.raises(HandshakeError):
        server.check(b"")


def test_nothing_can_be_used_twice() -> None:
    client, server = ClientSide(SECRET), ServerSide(SECRET)
    challenge = server.challenge(client.hello())
    proof = client.prove(challenge)
    later = ServerSide(SECRET)
    later.challenge(client.hello())
    with pytest.raises(HandshakeError):
        later.check(proof)
    with pytest.raises(HandshakeError):
        ClientSide(SECRET).prove(challenge)


def test_a_servers_words_do_not_serve_a_client() -> None:
    """Sent back to the server that has said them."""
    server = ServerSide(SECRET)
    challenge = server.challenge(ClientSide(SECRET).hello())
    with pytest.raises(HandshakeError):
        server.check(challenge[-MAC_SIZE:])


@pytest.mark.parametrize("hello", [b"", MAGIC, b"GET / HTTP/1.1\r\nHost", b"x" * HELLO_SIZE])
def test_another_protocol_is_not_answered(hello: bytes) -> None:
    with pytest.raises(HandshakeError):
        ServerSide(SECRET).challenge(hello)


def test_a_proof_without_a_challenge_is_none() -> None:
    with pytest.raises(HandshakeError):
        ServerSide(SECRET).check(b"\0" * MAC_SIZE)


def test_secrets_differ() -> None:
    assert len({new_secret() for _ in range(10)}) == 10
