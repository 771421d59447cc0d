r"""Speed and memory against real tmux, everything that README and the goals name, in one alternating run.

    python -m compat_tests.bench [NAME=]TMUX [NAME=]OURS [...] [--only SECTION ...] [--quick] \
        [--svg FILE] [--json FILE]

The first executable is the reference, the second the one that goals are for; others stand beside them.
Figures are medians where nothing else is said; executables take turns call by call, so that they meet the
same load. Where times are noise, `instructions` counts instead.

`python -m compat_tests.bench.readme FILE` puts a run's figures, written with --json, into README.
"""
