"""How the two ends of a named pipe prove to each other that they know the server's secret.

Any program may make a pipe of any name before the server does. So neither side says anything worth hearing
before the other has shown that it knows the secret, which the server has written into a file of the user's
profile and which itself never travels:

    client -> server   MAGIC, 16 random bytes
    server -> client   16 random bytes, MAC of both as the server
    client -> server   MAC of both as the client, then the first frame

A MAC is keyed BLAKE2b (RFC 7693), which is part of the interpreter: hashlib and hmac would load OpenSSL in
every short-lived client.
"""

from __future__ import annotations

import os
from _blake2 import blake2b
from _operator import _compare_digest

MAGIC = b"tmxP"
NONCE_SIZE = 16
MAC_SIZE = 32
SECRET_SIZE = 32

HELLO_SIZE = len(MAGIC) + NONCE_SIZE
CHALLENGE_SIZE = NONCE_SIZE + MAC_SIZE

# What makes a MAC of one side useless to the other.
SERVER = b"tmuxish server"
CLIENT = b"tmuxish client"


class HandshakeError(Exception):
    """The peer does not know the secret."""


def new_secret() -> bytes:
    """A server's secret, good as long as it lives."""
    return os.urandom(SECRET_SIZE)


def _mac(secret: bytes, side: bytes, nonces: bytes) -> bytes:
    return blake2b(nonces, key=secret, person=side, digest_size=MAC_SIZE).digest()


class ClientSide:
    """The client's half: send `hello`, read CHALLENGE_SIZE bytes, send `prove` of them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._nonce = os.urandom(NONCE_SIZE)

    def hello(self) -> bytes:
        return MAGIC + self._nonce

    def prove(self, challenge: bytes) -> bytes:
        """Our proof. Raises HandshakeError if the challenge does not come from the server."""
        nonces = self._nonce + challenge[:NONCE_SIZE]
        if not _compare_digest(challenge[NONCE_SIZE:], _mac(self._secret, SERVER, nonces)):
            raise HandshakeError("the server does not know its secret")
        return _mac(self._secret, CLIENT, nonces)


class ServerSide:
    """The server's half: read HELLO_SIZE bytes, send their `challenge`, read MAC_SIZE bytes, `check` them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._nonce = os.urandom(NONCE_SIZE)
        self._nonces = b""

    def challenge(self, hello: bytes) -> bytes:
        """Raises HandshakeError if that is not the beginning of our protocol."""
        if len(hello) != HELLO_SIZE or not hello.startswith(MAGIC):
            raise HandshakeError("the client speaks another protocol")
        self._nonces = hello[len(MAGIC) :] + self._nonce
        return self._nonce + _mac(self._secret, SERVER, self._nonces)

    def check(self, proof: bytes) -> None:
        """Raises HandshakeError if the client does not know the secret."""
        if not self._nonces or not _compare_digest(proof, _mac(self._secret, CLIENT, self._nonces)):
            raise HandshakeError("the client does not know the secret")
