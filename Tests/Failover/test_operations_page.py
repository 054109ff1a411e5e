"""The configuration files in docs/operations.md, asked of the programs that read them."""

import re
import subprocess
from pathlib import Path

from authority import Authority

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


def written(path: str, home: str, folder: Path) -> Path:
    """The file that the page shows under that path; the certificates that it names in its home are in the folder."""
    found = re.findall(rf"^```\w*\n# {re.escape(path)}\n(.*?)^```", PAGE.read_text(), re.M | re.S)
    assert len(found) == 1, f"the page shows {path} once"
    file = folder / Path(path).name
    file.write_text(found[0].replace(home, f"{folder}/"))
    certificate, key = Authority(folder).issue("bell")
    # HAProxy reads both from one file.
    certificate.write_bytes(certificate.read_bytes() + key.read_bytes())
    return file


def says(*command: str | Path) -> str:
    ran = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


def test_haproxy_takes_its_configuration(tmp_path: Path) -> None:
    said = says("/usr/sbin/haproxy", "-c", "-f", written("/etc/haproxy/haproxy.cfg", "/etc/haproxy/", tmp_path))
    assert "valid" in said and "WARNING" not in said, said


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    site = written("/etc/nginx/sites-enabled/firstbell", "/etc/nginx/", tmp_path)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/nginx.pid;\nevents {{}}\nhttp {{ access_log off; include {site}; }}\n")
    said = says("/usr/sbin/nginx", "-t", "-e", "stderr", "-c", whole)
    assert "[warn]" not in said, said
