"""One etcd, in which Patroni keeps who is the primary. A real cluster has three; that it survives is not tried here."""

import http.client
import json
import subprocess
import urllib.request
from pathlib import Path

import processes


class Etcd:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self._peer_port = processes.free_ports(2)
        self._log = folder / "etcd.log"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.folder.mkdir(mode=0o700)
        processes.give(self.folder)
        mine, peers = f"http://{self.host}", f"http://127.0.0.1:{self._peer_port}"
        self._process: subprocess.Popen = processes.start(
            ["etcd", "--name", "test", "--data-dir", str(self.folder / "data"),
             "--listen-client-urls", mine, "--advertise-client-urls", mine,
             "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
             # Over the newer interface Debian 12's Patroni takes the lock back that it lost while it was cut off.
             "--enable-v2",
             "--initial-cluster", f"test={peers}", "--logger", "zap", "--log-level", "warn"],
            self.folder, self._log)
        processes.until(self._is_healthy, 30, f"etcd is healthy: {self._log}")

    def stop(self) -> None:
        processes.kill_all(self.folder, [self._process.pid])
        self._process.wait()

    def _is_healthy(self) -> bool:
        assert self._process.poll() is None, f"etcd ended: {self._log.read_text()}"
        try:
            with urllib.request.urlopen(f"http://{self.host}/health", timeout=2) as answer:
                return json.load(answer)["health"] == "true"
        except (OSError, http.client.HTTPException):
            return False
