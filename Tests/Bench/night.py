"""What others feel of a nightly roster that the running server reads and applies."""

import re
import subprocess
from typing import TYPE_CHECKING

import load
import roster
from visitor import Visitor

if TYPE_CHECKING:
    from bench import Bench


def measure(bench: "Bench", admin: Visitor, person: str, password: str) -> None:
    package = bench.folder / "roster.zip"
    roster.write(package, bench.students, night=2)
    visitor = Visitor(bench.url)
    quiet = load.sign_ins(visitor, person, password, 40)
    calm = load.waits_for_the_database(guesser := Visitor(bench.url), 100)
    importing = subprocess.Popen(
        [bench.program, "roster", "import", str(package)], env=bench.environment, cwd=bench.folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    pages: list[float] = []
    signing: list[float] = []
    queueing: list[float] = []
    while importing.poll() is None:
        pages += load.times(admin, "/admin/students?sort=name", 4).all
        signing += load.sign_ins(visitor, person, password, 1).all
        queueing += load.waits_for_the_database(guesser, 4).all
    assert importing.returncode == 0, "the nightly roster was taken in"
    plan = re.search(r'href="(/admin/roster-syncs/[0-9a-f-]{36})"', admin.get("/admin/roster-syncs"))
    assert plan, "the nightly plan is listed"
    took = load.times(admin, plan.group(1), 20)
    peak = bench.memory("VmHWM")
    bench.add(
        "the nightly plan's page", f"first {took.all[0] * 1000:.1f} ms, p50 {took.median * 1000:.1f} ms", "100 ms",
        0.1 / max(took.all), peak)
    beside, waiting, queued = load.Times(pages), load.Times(signing), load.Times(queueing)
    bench.add(
        "a district's students while a nightly roster comes in",
        f"p50 {beside.median * 1000:.1f} ms, p99 {beside.percentile(0.99) * 1000:.0f} ms", "p99 100 ms",
        0.1 / beside.percentile(0.99), peak)
    bench.add(
        "a sign-in meanwhile", f"p50 {waiting.median * 1000:.0f} ms, p99 {waiting.percentile(0.99) * 1000:.0f} ms",
        f"quiet: p50 {quiet.median * 1000:.0f} ms, p99 {quiet.percentile(0.99) * 1000:.0f} ms",
        quiet.median / waiting.median, peak)
    bench.add(
        "what a sign-in waits for the database meanwhile",
        f"p50 {queued.median * 1000:.1f} ms, p99 {queued.percentile(0.99) * 1000:.1f} ms, longest {max(queued.all) * 1000:.1f} ms",
        f"20 ms; quiet: p50 {calm.median * 1000:.1f} ms, longest {max(calm.all) * 1000:.1f} ms",
        0.02 / max(queued.all), peak)
