"""Commands of copy mode that copy: to a paste buffer and the clipboard, to a command's input, or to both.

-P makes no paste buffer, -C sets no clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes import copy_copying as copying
from tmuxish.modes.copy_call import ENDS
from tmuxish.modes.copy_selection import CHAR

if TYPE_CHECKING:
    from tmuxish.modes.copy_call import CopyCall


def _copy(call: CopyCall, prefix: str | None) -> None:
    data = call.mode.selected()
    if data is not None:
        _keep(call, data, prefix)


def _keep(call: CopyCall, data: bytes, prefix: str | None) -> None:
    copying.copy(
        call.mode.server,
        call.mode.pane,
        data,
        prefix,
        paste=not call.args.has("P"),
        clip=not call.args.has("C"),
    )


def _pipe(call: CopyCall, *, copies: bool) -> None:
    """To a command: the first operand. copies: to a buffer as well, named by the second one."""
    prefix = call.expanded(1) if copies else None
    command = call.expanded(0)
    data = call.mode.selected()
    copying.pipe(call.mode.server, data or b"", command, call.session)
    if copies and data is not None:
        _keep(call, data, prefix)


def append_selection(call: CopyCall) -> None:
    data = call.mode.selected()
    if data is not None:
        copying.append(call.mode.server, call.mode.pane, data)
    call.view.clear_selection()


def append_selection_and_cancel(call: CopyCall) -> bool:
    append_selection(call)
    return ENDS


def copy_selection_no_clear(call: CopyCall) -> None:
    _copy(call, call.expanded(0))


def copy_selection(call: CopyCall) -> None:
    copy_selection_no_clear(call)
    call.view.clear_selection()


def copy_selection_and_cancel(call: CopyCall) -> bool:
    copy_selection(call)
    return ENDS


def copy_pipe_no_clear(call: CopyCall) -> None:
    _pipe(call, copies=True)


def copy_pipe(call: CopyCall) -> None:
    copy_pipe_no_clear(call)
    call.view.clear_selection()


def copy_pipe_and_cancel(call: CopyCall) -> bool:
    copy_pipe(call)
    return ENDS


def pipe_no_clear(call: CopyCall) -> None:
    _pipe(call, copies=False)


def pipe(call: CopyCall) -> None:
    pipe_no_clear(call)
    call.view.clear_selection()


def pipe_and_cancel(call: CopyCall) -> bool:
    pipe(call)
    return ENDS


# -- lines -----------------------------------------------------------------------------------------


def _copy_lines(call: CopyCall, *, whole: bool, pipes: bool) -> None:
    """From the start of the line (`whole`) or the cursor to the end of the line, or of so many lines. The
    cursor stays where it is."""
    view = call.view
    place = view.x, view.row, view.top
    if whole:
        view.selection.unit = CHAR
        view.to_line_start()
    view.selection.begin(view)
    for _ in range(call.count - 1):
        before = view.state()
        view.down()
        if view.state() == before:
            break
    view.to_line_end()
    if pipes:
        _pipe(call, copies=True)
    else:
        _copy(call, call.expanded(0))
    view.clear_selection()
    view.x, view.row, view.top = place


def copy_end_of_line(call: CopyCall) -> None:
    _copy_lines(call, whole=False, pipes=False)


def copy_end_of_line_and_cancel(call: CopyCall) -> bool:
    copy_end_of_line(call)
    return ENDS


def copy_pipe_end_of_line(call: CopyCall) -> None:
    _copy_lines(call, whole=False, pipes=True)


def copy_pipe_end_of_line_and_cancel(call: CopyCall) -> bool:
    copy_pipe_end_of_line(call)
    return ENDS


def copy_line(call: CopyCall) -> None:
    _copy_lines(call, whole=True, pipes=False)


def copy_line_and_cancel(call: CopyCall) -> bool:
    copy_line(call)
    return ENDS


def copy_pipe_line(call: CopyCall) -> None:
    _copy_lines(call, whole=True, pipes=True)


def copy_pipe_line_and_cancel(call: CopyCall) -> bool:
    copy_pipe_line(call)
    return ENDS
