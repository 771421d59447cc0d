"""Channels and their selector: readiness without descriptors, between the loop and threads that block."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from functools import partial

import pytest

from tmuxish.channels import EVENT_READ, EVENT_WRITE, ByteChannel, Channel, ChannelSelector, Wakeup

# A thread that has not done by then hangs.
PATIENCE = 10.0


def in_thread(action: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def ended(thread: threading.Thread) -> bool:
    thread.join(PATIENCE)
    return not thread.is_alive()


def ready(selector: ChannelSelector, timeout: float | None = 0) -> dict[int, int]:
    return {key.fd: events for key, events in selector.select(timeout)}


# -- the selector ----------------------------------------------------------------------------------


def test_a_channel_is_reported_until_it_is_read_empty() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    selector.register(channel.fileno(), EVENT_READ)
    assert ready(selector) == {}
    channel.put(b"abc")
    assert ready(selector) == {channel.fileno(): EVENT_READ}
    assert channel.read(2) == b"ab"
    assert ready(selector) == {channel.fileno(): EVENT_READ}
    assert channel.read(2) == b"c"
    assert ready(selector) == {}


def test_what_came_before_registration_is_reported() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    channel.put(b"abc")
    selector.register(channel, EVENT_READ)
    assert ready(selector) == {channel.fileno(): EVENT_READ}


def test_only_what_is_asked_for_is_reported() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    channel.put(b"abc")
    selector.register(channel, EVENT_READ)
    selector.modify(channel, EVENT_WRITE)
    assert ready(selector) == {channel.fileno(): EVENT_WRITE}
    selector.modify(channel, EVENT_READ | EVENT_WRITE)
    assert ready(selector) == {channel.fileno(): EVENT_READ | EVENT_WRITE}
    selector.unregister(channel)
    assert ready(selector) == {}


def test_keys_carry_data_and_the_map_knows_numbers() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    selector.register(channel, EVENT_WRITE, "mine")
    assert channel.fileno() in selector.get_map()
    assert [(key.fileobj, key.data) for key, _ in selector.select(0)] == [(channel, "mine")]


def test_registering_twice_or_nothing_is_an_error() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    selector.register(channel, EVENT_READ)
    with pytest.raises(KeyError):
        selector.register(channel, EVENT_READ)
    with pytest.raises(ValueError):
        selector.register(0, EVENT_READ)
    with pytest.raises(ValueError):
        selector.register(ByteChannel(), 0)
    with pytest.raises(KeyError):
        selector.modify(ByteChannel(), EVENT_READ)
    with pytest.raises(KeyError):
        selector.unregister(ByteChannel())


def test_a_closed_channel_can_be_unregistered_by_number() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    number = channel.fileno()
    selector.register(number, EVENT_READ | EVENT_WRITE)
    channel.close()
    assert channel.fileno() == -1
    assert ready(selector) == {}
    selector.unregister(number)
    assert number not in selector.get_map()


def test_a_thread_wakes_a_selector_that_waits() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    selector.register(channel, EVENT_READ)
    in_thread(lambda: channel.put(b"x"))
    assert ready(selector, PATIENCE) == {channel.fileno(): EVENT_READ}


def test_a_wait_ends_after_its_timeout_though_others_change() -> None:
    selector, channel = ChannelSelector(), ByteChannel()
    selector.register(channel, EVENT_WRITE)
    channel.write(b"x" * (256 << 10))
    in_thread(lambda: channel.put(b"x"))  # noticed, but only room is waited for
    assert ready(selector, 0.05) == {}


def test_wakeups_are_one_until_cleared() -> None:
    selector, wakeup = ChannelSelector(), Wakeup()
    selector.register(wakeup.fileno(), EVENT_READ)
    in_thread(wakeup.set)
    assert ready(selector, PATIENCE) == {wakeup.fileno(): EVENT_READ}
    wakeup.set()
    wakeup.clear()
    assert ready(selector) == {}
    wakeup.set()
    assert ready(selector) == {wakeup.fileno(): EVENT_READ}


def test_a_closed_selector_lets_its_channels_go() -> None:
    first, second, channel = ChannelSelector(), ChannelSelector(), Channel()
    first.register(channel, EVENT_READ)
    first.close()
    second.register(channel, EVENT_READ)
    channel.readable = True
    channel.changed()
    assert ready(second) == {channel.fileno(): EVENT_READ}
    assert ready(first) == {}


# -- bytes in --------------------------------------------------------------------------------------


def test_nothing_there_differs_from_the_end() -> None:
    channel = ByteChannel()
    assert channel.read(10) is None
    with pytest.raises(BlockingIOError):
        channel.recv(10)
    channel.put(b"last")
    channel.end()
    assert channel.readable
    assert channel.recv(10) == b"last"
    assert channel.readable
    assert channel.recv(10) == channel.read(10) == b""


def test_an_error_comes_behind_the_bytes() -> None:
    channel = ByteChannel()
    channel.put(b"last")
    channel.end(ConnectionResetError("gone"))
    assert channel.recv(10) == b"last"
    with pytest.raises(ConnectionResetError):
        channel.recv(10)
    assert channel.read(10) == b""


def test_a_thread_that_brings_too_much_waits() -> None:
    channel = ByteChannel(input_limit=4)
    assert channel.put(b"abc")
    thread = in_thread(lambda: channel.put(b"def"))
    assert not ended_soon(thread)
    assert channel.read(2) == b"ab"
    assert not ended_soon(thread)
    assert channel.read(2) == b"cd"
    assert ended(thread)
    assert channel.read(10) == b"ef"


def ended_soon(thread: threading.Thread) -> bool:
    thread.join(0.01)
    return not thread.is_alive()


def test_closing_frees_a_thread_that_waits() -> None:
    channel = ByteChannel(input_limit=4)
    wanted: list[bool] = []
    thread = in_thread(lambda: wanted.append(channel.put(b"abcdef")))
    assert not ended_soon(thread)
    channel.close()
    assert ended(thread)
    assert wanted == [False]
    assert not channel.put(b"more")
    assert channel.closed


# -- bytes out -------------------------------------------------------------------------------------


def test_output_is_taken_in_order_and_has_a_limit() -> None:
    selector, channel = ChannelSelector(), ByteChannel(output_limit=4)
    selector.register(channel, EVENT_WRITE)
    assert channel.send(b"abcdef") == 4
    assert channel.write(b"ef") == 0
    with pytest.raises(BlockingIOError):
        channel.send(b"ef")
    assert ready(selector) == {}
    assert channel.take(3) == b"abc"
    assert ready(selector) == {channel.fileno(): EVENT_WRITE}
    assert channel.send(b"ef") == 2
    assert channel.take(10) == b"def"
    assert channel.take(10, timeout=0) is None


def test_output_left_behind_is_still_taken_then_the_end() -> None:
    for finish in (ByteChannel.close, ByteChannel.finish_output):
        channel = ByteChannel()
        channel.send(b"bye")
        finish(channel)
        assert channel.take(10) == b"bye"
        assert channel.take(10) == b""
        assert channel.write(b"more") == 0
        with pytest.raises(BrokenPipeError):
            channel.send(b"more")


def test_finished_output_leaves_the_input_open() -> None:
    channel = ByteChannel()
    channel.finish_output()
    channel.put(b"answer")
    assert channel.recv(10) == b"answer"


def test_the_end_wakes_a_thread_that_waits_for_output() -> None:
    channel = ByteChannel()
    taken: list[bytes | None] = []
    thread = in_thread(lambda: taken.append(channel.take(10)))
    channel.close()
    assert ended(thread)
    assert taken == [b""]


def test_refused_output_is_reported_to_who_waits_for_room() -> None:
    selector, channel = ChannelSelector(), ByteChannel(output_limit=4)
    selector.register(channel, EVENT_WRITE)
    channel.send(b"abcd")
    assert ready(selector) == {}
    channel.refuse()
    assert ready(selector) == {channel.fileno(): EVENT_WRITE}
    with pytest.raises(BrokenPipeError):
        channel.send(b"e")
    assert channel.write(b"e") == 0


def test_the_loops_end_never_blocks() -> None:
    channel = ByteChannel()
    channel.setblocking(False)
    with pytest.raises(ValueError):
        channel.setblocking(True)


# -- together --------------------------------------------------------------------------------------


def test_many_channels_pass_everything_on_in_order() -> None:
    """Threads echo what the loop sends; limits are so small that every side must wait for the other."""
    selector = ChannelSelector()
    choice = random.Random(1)
    channels = [ByteChannel(input_limit=64, output_limit=48) for _ in range(8)]
    streams = [bytes(choice.randrange(256) for _ in range(20_000)) for _ in channels]
    left = [bytearray(stream) for stream in streams]
    back = [bytearray() for _ in channels]

    def echo(channel: ByteChannel) -> None:
        while data := channel.take(40):
            channel.put(data)
        channel.end()

    threads = [in_thread(partial(echo, channel)) for channel in channels]
    for index, channel in enumerate(channels):
        selector.register(channel, EVENT_READ | EVENT_WRITE, index)
    while selector.get_map():
        events = selector.select(PATIENCE)
        assert events, "nobody is ready though not everything has come back"
        for key, event in events:
            index = key.data
            channel = channels[index]
            if event & EVENT_WRITE:
                del left[index][: channel.send(left[index][:100])]
                if not left[index]:
                    channel.finish_output()
                    selector.modify(channel, EVENT_READ, index)
            if event & EVENT_READ:
                data = channel.recv(33)
                back[index] += data
                if not data:
                    selector.unregister(channel)
    assert all(ended(thread) for thread in threads)
    assert [bytes(each) for each in back] == streams
