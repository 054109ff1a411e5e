"""A second server on the same database."""

import signal
import socket
import subprocess
from typing import TYPE_CHECKING

import load
from visitor import PASSWORD, Visitor

if TYPE_CHECKING:
    from bench import Bench


def measure(bench: "Bench", people: list[str], alone: float, beside: Visitor) -> None:
    """The same sign-ins shared by a second server on the same database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    second = {**bench.environment, "FIRSTBELL_DATA": str(bench.folder / "second"), "FIRSTBELL_LISTEN": f"127.0.0.1:{port}"}
    with (bench.folder / "second.log").open("wb") as log:
        server = subprocess.Popen([bench.program, "serve"], env=second, cwd=bench.folder, stdout=log, stderr=log)
        try:
            load.wait_until_ready(f"http://127.0.0.1:{port}", server)
            ours, _ = load.sign_ins_a_second(
                [bench.url, f"http://127.0.0.1:{port}"], people, PASSWORD, bench.seconds, beside, "/people/students",
                host=bench.url)
            bench.add(
                "the same over two servers", f"{ours:.0f} a second", f"one server: {alone:.0f} a second",
                ours / alone, bench.memory("VmHWM"))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
