"""The commands of copy mode and view mode, as send-keys -X names them, in one table.

What does not exist, and arguments that are wrong, do nothing, as in tmux. A command may be repeated
(send-keys -N); repetition ends early where it changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tmuxish.grammar.errors import FlagError
from tmuxish.grammar.flags import FlagSpec
from tmuxish.keys.mouse import is_wheel
from tmuxish.modes import copy_commands_copy as copying
from tmuxish.modes import copy_commands_move as moving
from tmuxish.modes import copy_commands_search as searching
from tmuxish.modes import copy_commands_select as selecting
from tmuxish.modes.copy_call import ENDS, CopyCall
from tmuxish.modes.copy_mouse import move_cursor

if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.modes.copy import CopyMode

# Whether a command takes the marks of a search away: always, never, or only with emacs keys.
ALWAYS, NEVER, EMACS = range(3)


class CopyCommand(NamedTuple):
    """One command. run: answers ENDS where the mode is to end. flags, least, most: what it takes.
    clears: ALWAYS, NEVER or EMACS. reads_only: a read-only client may use it."""

    run: Callable[[CopyCall], object]
    clears: int
    reads_only: bool
    flags: str = ""
    least: int = 0
    most: int = 0


def _cancel(call: CopyCall) -> bool:
    return ENDS


def _moves(run: Callable[[CopyCall], object], least: int = 0) -> CopyCommand:
    """Moves the cursor: anybody may, and with vi keys what was found stays marked."""
    return CopyCommand(run, EMACS, True, "", least, least)


def _looks(run: Callable[[CopyCall], object], flags: str = "") -> CopyCommand:
    """Changes what is in view: anybody may."""
    return CopyCommand(run, ALWAYS, True, flags)


def _jumps(run: Callable[[CopyCall], object], least: int = 0) -> CopyCommand:
    return CopyCommand(run, EMACS, False, "", least, least)


def _selects(run: Callable[[CopyCall], object], most: int = 0) -> CopyCommand:
    return CopyCommand(run, ALWAYS, False, "", 0, most)


def _searches(run: Callable[[CopyCall], object], least: int, most: int) -> CopyCommand:
    return CopyCommand(run, ALWAYS, False, "", least, most)


def _copies(run: Callable[[CopyCall], object], most: int, clears: int = ALWAYS) -> CopyCommand:
    return CopyCommand(run, clears, False, "CP", 0, most)


COMMANDS: dict[str, CopyCommand] = {
    "append-selection": _selects(copying.append_selection),
    "append-selection-and-cancel": _selects(copying.append_selection_and_cancel),
    "back-to-indentation": _looks(moving.back_to_indentation),
    "begin-selection": _selects(selecting.begin_selection),
    "bottom-line": _moves(moving.bottom_line),
    "cancel": _looks(_cancel),
    "clear-selection": _selects(selecting.clear_selection),
    "copy-end-of-line": _copies(copying.copy_end_of_line, 1),
    "copy-end-of-line-and-cancel": _copies(copying.copy_end_of_line_and_cancel, 1),
    "copy-line": _copies(copying.copy_line, 1),
    "copy-line-and-cancel": _copies(copying.copy_line_and_cancel, 1),
    "copy-pipe": _copies(copying.copy_pipe, 2),
    "copy-pipe-and-cancel": _copies(copying.copy_pipe_and_cancel, 2),
    "copy-pipe-end-of-line": _copies(copying.copy_pipe_end_of_line, 2),
    "copy-pipe-end-of-line-and-cancel": _copies(copying.copy_pipe_end_of_line_and_cancel, 2),
    "copy-pipe-line": _copies(copying.copy_pipe_line, 2),
    "copy-pipe-line-and-cancel": _copies(copying.copy_pipe_line_and_cancel, 2),
    "copy-pipe-no-clear": _copies(copying.copy_pipe_no_clear, 2, NEVER),
    "copy-selection": _copies(copying.copy_selection, 1),
    "copy-selection-and-cancel": _copies(copying.copy_selection_and_cancel, 1),
    "copy-selection-no-clear": _copies(copying.copy_selection_no_clear, 1, NEVER),
    "cursor-centre-horizontal": _moves(moving.cursor_centre_horizontal),
    "cursor-centre-vertical": _moves(moving.cursor_centre_vertical),
    "cursor-down": _moves(moving.cursor_down),
    "cursor-down-and-cancel": _looks(moving.cursor_down_and_cancel),
    "cursor-left": _moves(moving.cursor_left),
    "cursor-right": _moves(moving.cursor_right),
    "cursor-up": _moves(moving.cursor_up),
    "end-of-line": _moves(moving.end_of_line),
    "goto-line": _moves(moving.goto_line, 1),
    "halfpage-down": _moves(moving.halfpage_down),
    "halfpage-down-and-cancel": _looks(moving.halfpage_down_and_cancel),
    "halfpage-up": _moves(moving.halfpage_up),
    "history-bottom": _moves(moving.history_bottom),
    "history-top": _moves(moving.history_top),
    "jump-again": _jumps(searching.jump_again),
    "jump-backward": _jumps(searching.jump_backward, 1),
    "jump-forward": _jumps(searching.jump_forward, 1),
    "jump-reverse": _jumps(searching.jump_reverse),
    "jump-to-backward": _jumps(searching.jump_to_backward, 1),
    "jump-to-forward": _jumps(searching.jump_to_forward, 1),
    "jump-to-mark": _looks(moving.jump_to_mark),
    "middle-line": _moves(moving.middle_line),
    "next-matching-bracket": _looks(searching.next_matching_bracket),
    "next-paragraph": _moves(moving.next_paragraph),
    "next-prompt": _looks(moving.next_prompt, "o"),
    "next-space": _moves(moving.next_space),
    "next-space-end": _moves(moving.next_space_end),
    "next-word": _moves(moving.next_word),
    "next-word-end": _moves(moving.next_word_end),
    "other-end": _jumps(selecting.other_end),
    "page-down": _moves(moving.page_down),
    "page-down-and-cancel": _looks(moving.page_down_and_cancel),
    "page-up": _moves(moving.page_up),
    "pipe": _selects(copying.pipe, 1),
    "pipe-and-cancel": _selects(copying.pipe_and_cancel, 1),
    "pipe-no-clear": CopyCommand(copying.pipe_no_clear, NEVER, False, "", 0, 1),
    "previous-matching-bracket": _looks(searching.previous_matching_bracket),
    "previous-paragraph": _moves(moving.previous_paragraph),
    "previous-prompt": _looks(moving.previous_prompt, "o"),
    "previous-space": _moves(moving.previous_space),
    "previous-word": _moves(moving.previous_word),
    "recentre-top-bottom": _looks(moving.recentre_top_bottom),
    "rectangle-off": _selects(selecting.rectangle_off),
    "rectangle-on": _selects(selecting.rectangle_on),
    "rectangle-toggle": _selects(selecting.rectangle_toggle),
    "refresh-from-pane": _looks(moving.refresh_from_pane),
    "scroll-bottom": _looks(moving.scroll_bottom),
    "scroll-down": _moves(moving.scroll_down),
    "scroll-down-and-cancel": _looks(moving.scroll_down_and_cancel),
    "scroll-exit-off": _selects(moving.scroll_exit_off),
    "scroll-exit-on": _selects(moving.scroll_exit_on),
    "scroll-exit-toggle": _selects(moving.scroll_exit_toggle),
    "scroll-middle": _looks(moving.scroll_middle),
    "scroll-to-mouse": CopyCommand(moving.scroll_to_mouse, EMACS, True, "e"),
    "scroll-top": _looks(moving.scroll_top),
    "scroll-up": _moves(moving.scroll_up),
    "search-again": _searches(searching.search_again, 0, 0),
    "search-backward": _searches(searching.search_backward, 0, 1),
    "search-backward-incremental": _searches(searching.search_backward_incremental, 1, 1),
    "search-backward-text": _searches(searching.search_backward_text, 0, 1),
    "search-forward": _searches(searching.search_forward, 0, 1),
    "search-forward-incremental": _searches(searching.search_forward_incremental, 1, 1),
    "search-forward-text": _searches(searching.search_forward_text, 0, 1),
    "search-reverse": _searches(searching.search_reverse, 0, 0),
    "select-line": _selects(selecting.select_line),
    "select-word": _selects(selecting.select_word),
    "selection-mode": _selects(selecting.selection_mode, 1),
    "set-mark": _looks(moving.set_mark),
    "start-of-line": _moves(moving.start_of_line),
    "stop-selection": _selects(selecting.stop_selection),
    "toggle-position": CopyCommand(moving.toggle_position, NEVER, True),
    "top-line": _moves(moving.top_line),
}


def run_command(mode: CopyMode, ctx: Context) -> None:
    """Run the command that `ctx` (of send-keys -X) names, and show what it has changed."""
    operands = ctx.args.operands
    if not operands:
        return
    event = ctx.state.event.mouse if ctx.state.event is not None else None
    if event is not None and not is_wheel(event.report.b):
        move_cursor(mode, event)
    name = str(operands[0])
    command = COMMANDS.get(name)
    client = ctx.target_client
    if command is not None and not command.reads_only and client is not None and client.readonly:
        ctx.server.clients.message(client, "client is read-only")
        return
    clears, ends = NEVER, False
    if command is not None:
        spec = FlagSpec(dict.fromkeys(command.flags, False), command.least, command.most)
        try:
            call = CopyCall(mode, ctx, spec.parse(operands, 1), event)
        except FlagError:
            pass
        else:
            clears = command.clears
            ends = command.run(call) is ENDS
    clears_marks = clears == ALWAYS or (clears == EMACS and not mode.view.vi)
    if clears_marks and not name.startswith("search-") and mode.search.matches is not None:
        mode.search.clear()
        mode.search.forget_start()
    mode.count = 1
    if ends:
        mode.leave()
    elif mode.pane.modes[:1] == [mode]:
        mode.draw()
