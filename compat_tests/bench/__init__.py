"""Speed and memory against real tmux, everything that README and the goals name, in one alternating run.

    python -m compat_tests.bench TMUX OURS [...] [--svg FILE] [--json FILE] [--only SECTION,...] [--quick]

The first executable is the reference. Figures are medians where nothing else is said; executables take turns
call by call, so that they meet the same load. Where times are noise, `instructions` counts instead.
"""
