"""pipe-pane: a shell command that reads a pane's output, or writes its input, or both."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.server.jobs import Job
    from tmuxish.server.server import Server


class Pipe:
    """One pipe-pane command."""

    def __init__(self, server: Server, pane: Pane, command: str, *, reads: bool, writes: bool) -> None:
        """`reads`: it gets what the pane prints (-O); `writes`: what it prints is typed into the pane (-I).

        Raises OSError if there is no process to be had.
        """
        self._server = server
        self._pane = pane
        self._reads = reads
        self._job: Job | None = server.jobs.start_pipe(command, self._ended, reads=reads, writes=writes)
        self._job.nowait = True
        pane.pipe_pid = self._job.pid
        if writes:
            self._job.on_output = self._typed

    def output(self, data: bytes) -> None:
        """What the pane's program has printed."""
        if self._reads and self._job is not None:
            self._job.send(data)

    def _typed(self, job: Job) -> None:
        data, job.output = bytes(job.output), bytearray()
        self._server.panes.write(self._pane, data)

    def _ended(self, job: Job, code: int) -> None:
        if self._job is job:
            self._job = None
            self._server.panes.pipe_ended(self._pane, self)

    def close(self) -> None:
        """It reads end of file, after all that was sent to it."""
        self._pane.pipe_pid = 0
        if self._job is not None:
            job, self._job = self._job, None
            job.finish_input()
