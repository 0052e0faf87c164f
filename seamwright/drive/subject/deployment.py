"""A booted subject: every box, tap and proxy up, and all of them down again afterwards.

The steps of a boot, and the error that each can end in:

    plan           ProjectFileProblem, PlaceholderProblem     (before anything is started)
    tools          FetchProblem, ToolchainProblem             (what is missing is fetched)
    edges          BootProblem                                (Toxiproxy, tap)
    boxes          BootProblem                                (all at once, each probed by itself)
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from seamwright.drive.edges.proxy import Proxies, ProxyPlan, write_configuration
from seamwright.drive.subject.address import port_of
from seamwright.drive.subject.output import Output
from seamwright.drive.subject.probe import until_answers
from seamwright.drive.subject.process import Forked, ForkServer, Process, Spawned, end, kill
from seamwright.problem import HarnessProblem
from seamwright.record.journal import WIRE
from seamwright.record.observation import LogLine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
    from pathlib import Path

    from seamwright.drive.subject.address import Plan
    from seamwright.drive.subject.environment import Launch
    from seamwright.drive.subject.guard import Guard
    from seamwright.drive.subject.project_file import ProjectFile
    from seamwright.record.journal import Journal

_STEP_S = 0.02
_OUTPUT_S = 1.0


class BootProblem(HarnessProblem):
    """A box did not come up."""


class Deployment:
    """What is running, and how to reach it."""

    def __init__(
        self,
        project: ProjectFile,
        plan: Plan,
        guard: Guard,
        journal: Journal,
        clock: Callable[[], float],
    ) -> None:
        """Know the plan; nothing runs yet."""
        self.project = project
        self.plan = plan
        self.proxies = Proxies(plan.toxiproxy)
        self.ready_s: dict[str, float] = {}
        self._guard = guard
        self._journal = journal
        self._clock = clock
        self._running: list[tuple[str, Process]] = []
        self._launches: dict[str, Launch] = {}
        # The fork server tells of forks and of ends on one line: one box at a time.
        self._replacing = asyncio.Lock()
        self._outputs: dict[str, Output] = {}
        self._fork_server: ForkServer | None = None
        self._tap: asyncio.subprocess.Process | None = None
        self._lines = 0

    async def start_edges(self, toxiproxy: Path, folder: Path, secrets: Sequence[str]) -> None:
        """Start Toxiproxy and the tap; both know all edges from the start.

        Raises:
            BootProblem: when one of them does not come up.
            ProxyProblem: when an edge got no proxy.
        """
        configuration = folder / "proxies.json"
        plans = [ProxyPlan(one.edge, one.proxy, one.callee) for one in self.plan.edges]
        write_configuration(plans, configuration)
        output = self._output("toxiproxy")
        command = [str(toxiproxy), "-host", "127.0.0.1", "-port", str(self.plan.toxiproxy)]
        command += ["-config", str(configuration)]
        env = {"LOG_LEVEL": "error"}
        self._running.append(
            ("toxiproxy", Spawned(command, env, folder, output.write_fd, self._guard))
        )
        await output.start()
        await self._start_tap(secrets)
        await self._wait("toxiproxy", [("127.0.0.1", self.plan.toxiproxy)])
        await asyncio.to_thread(self.proxies.demand, [one.edge for one in plans])

    async def start_boxes(self, launches: Sequence[Launch]) -> None:
        """Start every box at once, and wait until each answers."""
        began_s = self._clock()
        root = self.project.root
        if any(one.module for one in launches):
            output = self._output("fork server")
            warm = self.project.subject.warm
            env = next(one.env for one in launches if one.module)
            base = {key: env[key] for key in ("PATH", "PYTHONPATH") if key in env}
            self._fork_server = ForkServer(warm, base, root, output.write_fd, self._guard)
            await output.start()
        self._launches.update({one.box: one for one in launches})
        for one in launches:
            if one.command:
                await self._spawn(one, root)
        for one in launches:
            if one.module and self._fork_server:
                await self._fork(self._fork_server, one, root)
        await asyncio.gather(*(self._ready(one.box, began_s) for one in launches))

    async def kill(self, box: str) -> None:
        """SIGKILL to a box and all that it began; returns once it is gone.

        Raises:
            KeyError: when no box of that name was started.
        """
        async with self._replacing:
            launched = self._launches[box].box
            for name, process in [one for one in self._running if one[0] == launched]:
                self._running.remove((name, process))
                await kill(process, self._guard)
                await self._outputs[name].end(_OUTPUT_S)

    async def restart(self, box: str) -> None:
        """Start a box again that was killed, as it was started first; waits until it answers.

        Raises:
            KeyError: when no box of that name was started.
            BootProblem: when it does not come up.
        """
        async with self._replacing:
            launch, root = self._launches[box], self.project.root
            if launch.module and self._fork_server:
                await self._fork(self._fork_server, launch, root)
            else:
                await self._spawn(launch, root)
            await self._ready(box, self._clock())

    async def stop(self) -> None:
        """End every box, then the edges; nothing stays behind."""
        boxes = [one for one in self._running if one[0] != "toxiproxy"]
        edges = [one for one in self._running if one[0] == "toxiproxy"]
        await asyncio.gather(*(end(process, self._guard) for _, process in boxes))
        if self._fork_server:
            await asyncio.to_thread(self._fork_server.close)
            self._guard.ended(self._fork_server.pid)
        if self._tap and self._tap.stdin:
            self._tap.stdin.close()
            await self._tap.wait()
            self._guard.ended(self._tap.pid)
        await asyncio.gather(*(end(process, self._guard) for _, process in edges))
        await asyncio.gather(*(one.end(_OUTPUT_S) for one in self._outputs.values()))

    async def _start_tap(self, secrets: Sequence[str]) -> None:
        output = self._output("tap")
        tap = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "seamwright.drive.edges.tap",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output.write_fd,
            start_new_session=True,
        )
        self._guard.started(tap.pid)
        self._tap = tap
        await output.start()
        edges = [
            {"edge": one.edge, "listen": one.tap, "upstream": one.proxy} for one in self.plan.edges
        ]
        wire = str(self._journal.folder / WIRE)
        order = json.dumps({"edges": edges, "wire": wire, "secrets": list(secrets)})
        if tap.stdin is None or tap.stdout is None:
            return
        tap.stdin.write(order.encode() + b"\n")
        await tap.stdin.drain()
        if await tap.stdout.readline() != b"ready\n":
            raise self._problem("tap", "the tap has ended")

    async def _spawn(self, launch: Launch, root: Path) -> None:
        output = self._output(launch.box)
        try:
            process = Spawned(launch.command, launch.env, root, output.write_fd, self._guard)
        except OSError as error:
            raise BootProblem(
                expected="a command that can be run",
                seen=str(error),
                where=f"box.{launch.box}.command: {' '.join(launch.command)}",
                mend="correct the command",
            ) from error
        self._running.append((launch.box, process))
        await output.start()

    async def _fork(self, server: ForkServer, launch: Launch, root: Path) -> None:
        output = self._output(launch.box)
        try:
            forked: Forked = await server.fork(
                launch.module or "", launch.env, root, output.write_fd
            )
        except OSError as error:
            raise self._problem("fork server", str(error)) from error
        self._running.append((launch.box, forked))
        await output.start()

    async def _ready(self, box: str, began_s: float) -> None:
        table = self.project.box[box]
        addresses = [
            ("127.0.0.1", port_of(self.plan.boxes[one])) for one in table.provides or (box,)
        ]
        await self._wait(box, addresses, table.ready, table.ready_log)
        self.ready_s[box] = self._clock() - began_s

    async def _wait(
        self,
        box: str,
        addresses: list[tuple[str, int]],
        path: str | None = None,
        line: str | None = None,
    ) -> None:
        process = next(one for name, one in self._running if name == box)
        probes = [until_answers(host, port, path) for host, port in addresses]
        if line is not None:
            probes.append(self._outputs[box].until(line))
        up = asyncio.create_task(_all(probes))
        watch = asyncio.create_task(self._until_exit(process))
        within_s = self.project.subject.boot_within_s
        done, _ = await asyncio.wait(
            [up, watch], timeout=within_s, return_when=asyncio.FIRST_COMPLETED
        )
        for task in (up, watch):
            task.cancel()
        await asyncio.wait([up, watch])
        if up not in done:
            code = process.exit_code()
            seen = f"no answer within {within_s:g} s" if code is None else f"ended with code {code}"
            raise self._problem(box, seen)

    async def _until_exit(self, process: Process) -> None:
        while process.exit_code() is None:
            await asyncio.sleep(_STEP_S)

    def _output(self, box: str) -> Output:
        output = self._outputs[box] = Output(box, self._log)
        return output

    def _log(self, box: str, text: str) -> None:
        self._lines += 1
        self._journal.append(LogLine(f"l{self._lines}", box, self._clock(), text))

    def _problem(self, box: str, seen: str) -> BootProblem:
        last = "\n            ".join(self._outputs[box].last) if box in self._outputs else ""
        return BootProblem(
            expected=f"box {box} answers within {self.project.subject.boot_within_s:g} s",
            seen=f"{seen}\n  it said:  {last or '(nothing)'}",
            where=f"box.{box}",
            mend="start it by hand with the environment of the subject file",
        )


async def _all(probes: Sequence[Coroutine[None, None, None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for one in probes:
            group.create_task(one)


@asynccontextmanager
async def deployed(deployment: Deployment) -> AsyncGenerator[Deployment]:
    """Stop a deployment whatever happens."""
    try:
        yield deployment
    finally:
        await asyncio.shield(deployment.stop())
