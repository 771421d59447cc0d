"""The users that server-access lets in: what becomes of clients that are already here.

The rules are tmux's; they were seen there with a second user, whom a test cannot count on.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tmuxish.model.client import Client
from tmuxish.server.access import Access
from tmuxish.users import own_uid

GUEST = 4_000_000_000


class Stage:
    """A server with one client of its own user and one guest; `dismissed` are those sent away."""

    def __init__(self) -> None:
        self.owner, self.guest = Client(1), Client(2)
        self.owner.uid, self.guest.uid = own_uid(), GUEST
        self.dismissed: list[tuple[Client, str]] = []
        clients: Any = SimpleNamespace(dismiss=lambda client, text: self.dismissed.append((client, text)))
        model = SimpleNamespace(clients={1: self.owner, 2: self.guest})
        server: Any = SimpleNamespace(model=model, clients=clients)
        self.access = Access(server)
        self.access.allow(GUEST)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_owner_may_do_everything(stage: Stage) -> None:
    assert stage.access.allows(own_uid())
    assert stage.access.writes(own_uid())


def test_root_is_let_in_but_not_listed(stage: Stage) -> None:
    assert stage.access.allows(0)
    assert ("root", True) not in stage.access.listed()


def test_a_guest_is_sent_away(stage: Stage) -> None:
    stage.access.deny(GUEST)
    assert not stage.access.allows(GUEST)
    assert stage.dismissed == [(stage.guest, "access not allowed")]


@pytest.mark.parametrize("writes", [False, True])
def test_guests_that_may_only_look(stage: Stage, writes: bool) -> None:
    stage.access.set_writes(GUEST, not writes)
    stage.access.set_writes(GUEST, writes)
    assert stage.guest.readonly is not writes
    assert ("read-only" in stage.guest.flags) is not writes
    assert not stage.owner.readonly


def test_users_without_a_name_are_listed_as_unknown(stage: Stage) -> None:
    assert ("unknown", True) in stage.access.listed()


def test_letting_in_twice_changes_nothing(stage: Stage) -> None:
    stage.access.set_writes(GUEST, False)
    stage.access.allow(GUEST)
    assert not stage.access.writes(GUEST)
