"""One PostgreSQL server with the Patroni that looks after it."""

import http.client
import json
import signal
import subprocess
import urllib.request
from pathlib import Path

import processes
from authority import Authority
from etcd import Etcd

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))

# What all nodes share. Seconds, so that a failover is a matter of seconds; Patroni's own are 30, 10 and 10.
SHARED = {
    "ttl": 5, "loop_wait": 1, "retry_timeout": 2,
    # COMMIT returns when both disks have it, and only a server that has all of it may become the primary.
    # Not strict: with two servers, strict would refuse every write until the lost one is back.
    "synchronous_mode": True, "synchronous_mode_strict": False,
    "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": {"max_connections": 100}},
}


class Node:
    def __init__(self, name: str, folder: Path, etcd: Etcd, authority: Authority, passwords: dict[str, str]) -> None:
        self.name = name
        self.folder = folder
        self.port, self._api_port = processes.free_ports(2)
        self.log = folder / "patroni.log"
        self._data = folder / "data"
        self._etcd = etcd
        self._authority = authority
        self._passwords = passwords
        self._process: subprocess.Popen | None = None

    @property
    def socket_folder(self) -> Path:
        return self.folder / "socket"

    def make(self) -> None:
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700)
            processes.give(folder)
        certificate, key = self._authority.issue(self.name)
        processes.give(key)
        settings = self.folder / "patroni.yml"
        settings.write_text(json.dumps(self._settings(certificate, key), indent=2))  # JSON is YAML
        processes.give(settings)

    def start(self) -> None:
        self._process = processes.start(["patroni", str(self.folder / "patroni.yml")], self.folder, self.log)

    def kill(self) -> None:
        """As when the power fails: Patroni, PostgreSQL's first process and all others, without a word."""
        processes.kill_all(self.folder, [*self._patroni, *self._postmaster])
        self._reap()

    def freeze(self) -> None:
        """As when a machine hangs: it takes connections and never answers."""
        processes.tell(processes.working_in(self.folder), signal.SIGSTOP)

    def thaw(self) -> None:
        processes.tell(processes.working_in(self.folder), signal.SIGCONT)

    def stop(self) -> None:
        """Without a last checkpoint, as the data is thrown away; but PostgreSQL gives its shared memory back."""
        self.thaw()
        processes.tell(self._patroni, signal.SIGKILL)
        processes.tell(self._postmaster, signal.SIGQUIT)
        processes.until(lambda: not self._postmaster, 30, f"PostgreSQL has ended: {self.log}")
        processes.kill_all(self.folder, [])
        self._reap()

    @property
    def is_primary(self) -> bool:
        return self._answers("primary")

    @property
    def is_synchronous(self) -> bool:
        """A replica without which nothing is acknowledged, and which may become the primary."""
        return self._answers("synchronous")

    def _answers(self, what: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._api_port}/{what}", timeout=2):
                return True
        except (OSError, http.client.HTTPException):
            return False

    @property
    def _patroni(self) -> list[int]:
        return [self._process.pid] if self._process else []

    @property
    def _postmaster(self) -> list[int]:
        """PostgreSQL's first process; its number stands in a file that a killed one leaves behind."""
        try:
            number = int((self._data / "postmaster.pid").read_text().split()[0])
        except OSError:
            return []
        return [number] if number in processes.working_in(self.folder) else []

    def _reap(self) -> None:
        if self._process:
            self._process.wait()
            self._process = None

    def _settings(self, certificate: Path, key: Path) -> dict:
        here = f"127.0.0.1:{self.port}"
        api = f"127.0.0.1:{self._api_port}"
        return {
            "scope": "firstbell", "name": self.name,
            "etcd": {"host": self._etcd.host},
            "restapi": {"listen": api, "connect_address": api},
            "bootstrap": {
                "dcs": SHARED,
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, "data-checksums"],
            },
            "postgresql": {
                "listen": here, "connect_address": here, "use_unix_socket": True,
                "data_dir": str(self._data), "bin_dir": str(BINARIES), "pgpass": str(self.folder / "pgpass"),
                "authentication": {
                    who: {"username": name, "password": self._passwords[name]}
                    for who, name in [("superuser", "postgres"), ("replication", "replicator"), ("rewind", "rewinder")]
                },
                "parameters": {
                    "unix_socket_directories": str(self.socket_folder), "password_encryption": "scram-sha-256",
                    "ssl": "on", "ssl_cert_file": str(certificate), "ssl_key_file": str(key),
                },
                "pg_hba": [
                    "local all all trust",  # in a folder that nobody else may enter
                    "hostssl firstbell firstbell 127.0.0.1/32 scram-sha-256",
                    "host replication replicator 127.0.0.1/32 scram-sha-256",
                    "host postgres rewinder 127.0.0.1/32 scram-sha-256",
                ],
                "basebackup": [{"checkpoint": "fast"}],
                "remove_data_directory_on_rewind_failure": True,
                "remove_data_directory_on_diverged_timelines": True,
            },
        }
