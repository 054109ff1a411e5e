"""Two PostgreSQL servers, each with its Patroni, and an etcd, on loopback in a folder of their own.

What a district would run on three machines (docs/operations.md), with shorter times. Nothing of the machine's own
PostgreSQL, Patroni or etcd is used or touched but the programs.
"""

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import processes
from authority import Authority
from etcd import Etcd
from node import BINARIES, Node


class Cluster:
    def __init__(self) -> None:
        # Not pytest's folder: only its owner may enter that, and the servers do not run as root.
        self.folder = Path(tempfile.mkdtemp(prefix="firstbell-cluster-"))
        processes.give(self.folder)
        self.authority = Authority(self.folder)
        self.passwords = {who: secrets.token_hex(12) for who in ("postgres", "replicator", "rewinder", "firstbell")}
        self.password_file = self.folder / "firstbell-password"
        self.password_file.touch(mode=0o600)
        self.password_file.write_text(self.passwords["firstbell"] + "\n")
        self.etcd = Etcd(self.folder / "etcd")
        self.nodes = [
            Node(name, self.folder / name, self.etcd, self.authority, self.passwords) for name in ("db1", "db2")
        ]

    @property
    def url(self) -> str:
        """For FIRSTBELL_DATABASE_URL; without the password."""
        hosts = ",".join(f"localhost:{node.port}" for node in self.nodes)
        return (f"postgresql://firstbell@{hosts}/firstbell?target_session_attrs=read-write"
                f"&sslmode=verify-full&sslrootcert={self.authority.file}")

    @property
    def primary(self) -> Node | None:
        found = [node for node in self.nodes if node.is_primary]
        assert len(found) < 2, "two nodes say that they are the primary"
        return found[0] if found else None

    def other(self, node: Node) -> Node:
        return next(each for each in self.nodes if each is not node)

    def start(self) -> None:
        """Ends when both nodes have all that is written, and the empty database is there."""
        self.etcd.start()
        for node in self.nodes:
            node.make()
            node.start()
        primary = self.wait_for_primary(60)
        self.sql(primary, f"CREATE ROLE firstbell LOGIN PASSWORD '{self.passwords['firstbell']}'", "postgres")
        self.wait_for_replica(self.other(primary))
        self.make_database()

    def make_database(self) -> None:
        """An empty one on both nodes, instead of what was there."""
        primary = self.wait_for_primary()
        self.sql(primary, "DROP DATABASE IF EXISTS firstbell WITH (FORCE)", "postgres")
        self.sql(
            primary,
            "CREATE DATABASE firstbell OWNER firstbell TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
            "postgres")
        reached = self.sql(primary, "SELECT pg_current_wal_lsn()", "postgres")
        # Who comes to the replica first is told that there is no such database, and goes away.
        processes.until(
            lambda: self.sql(
                self.other(primary), f"SELECT pg_last_wal_replay_lsn() >= '{reached}'", "postgres") == "t",
            30, "the replica has the database too")

    def kill_primary(self) -> Node:
        """kill -9 of all of its processes; returns the dead one."""
        node = self.primary
        assert node, "there is a primary to kill"
        node.kill()
        return node

    def wait_for_primary(self, seconds: float = 30, but: Node | None = None) -> Node:
        """The node that takes writes, other than the one named."""
        processes.until(lambda: self.primary not in (None, but), seconds, f"a primary is there: {self._logs}")
        found = self.primary
        assert found
        return found

    def bring_back(self, node: Node) -> None:
        """Starts a dead node, which becomes a replica; ends when it has all that is written."""
        node.start()
        self.wait_for_replica(node)

    def wait_for_replica(self, node: Node, seconds: float = 60) -> None:
        processes.until(lambda: node.is_synchronous, seconds, f"{node.name} is a synchronous replica: {self._logs}")

    def sql(self, node: Node, statement: str, database: str = "firstbell", role: str = "postgres") -> str:
        """What psql prints for a statement, asked on the machine itself."""
        ran = subprocess.run(
            [BINARIES / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", node.socket_folder, "-p", str(node.port),
             "-U", role, "-d", database, "-c", statement],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, f"{statement}: {ran.stderr}"
        return ran.stdout.strip()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()
        self.etcd.stop()
        shutil.rmtree(self.folder)

    @property
    def _logs(self) -> str:
        return ", ".join(str(node.log) for node in self.nodes)


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster that runs for a while. What it leaves when it does not start stays to be read."""
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
