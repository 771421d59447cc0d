"""Attached clients compared with real tmux: what a user types, and what the terminal then shows.

A scenario (`script.Scenario`) is data: tmux commands that set things up, a terminal of some size, then steps.
Each `look` in it is a whole screen as pyte, an independent terminal, sees it: text, colours and attributes,
cursor, title. Real tmux's screens are recorded in `fixtures/attached/GROUP.json`; the test types the same at
the executable under test and waits until its screen is the recorded one.

To add scenarios, put them into `scenarios/GROUP.py`, one group per area, as a list called `SCENARIOS`::

    from compat_tests.attached.script import Scenario, call, keys, look, typed, until

    SCENARIOS = [
        Scenario(
            "search-backwards",
            setup=[("set", "-g", "mode-keys", "vi")],
            needs=("copy-mode", "command-prompt"),
            steps=[
                typed("seq 20\\r"),
                until("20"),
                keys("prefix", "["),
                look(),
                keys("?"),
                typed("12\\r"),
                look(),
            ],
        ),
    ]

then record and run them::

    python -m compat_tests.attached.record /path/to/tmux GROUP              # all of the group
    python -m compat_tests.attached.record /path/to/tmux GROUP/NAME ...     # only these, the others stay
    pytest compat_tests/attached -k GROUP                                   # ids are GROUP-NAME

What to know:

* Every scenario has a server, home and shell of its own (`clients.sandbox`), with the settings of
  `player.FIXED_SETTINGS`: among them no repeat-time, no guess at pastes, a fixed status-right. Its session is
  `s`, its window `first`, and the pane runs `sh` with the prompt `$ ` where `program` names nothing else.
* The client `a` is attached to it, and its first screen is always looked at: steps start from a known screen.
  More clients come with `attach`; every step that has to do with a terminal takes `client=`.
* The player types as fast as it can: between two things of which the second must come later (a key and a
  `call`; a key that opens something and what is typed into it, where that is not simply input) stands a
  `look` or an `until`. A command that waits for the user (`command-prompt`, `display-popup`) is called with
  `start`. No other waiting is needed; `pause` is only for what time itself decides.
* `needs` names commands that keys will run. A scenario is skipped, visibly, where the executable's
  `list-commands` lacks one of them, or one of its own commands.
* The recorder plays a scenario twice and refuses one that does not show the same both times. Clock times,
  dates, terminals' names and the sandbox's folder are masked (`normalise`); `masks` adds patterns.
* A screen that another scenario of the group shows too is stored once.
"""
