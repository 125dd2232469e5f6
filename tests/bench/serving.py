"""What benchmarks of the whole server share: `./dev run` in a folder of its own, an nginx to compare with, and wrk."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from tests.drills.site import NGINX, ROOT, free_port

WRK = shutil.which("wrk")
SECONDS = 3

NGINX_CONF = """
{user} worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on; gzip_vary on;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    types {{ text/html html; }}
    server {{ listen 127.0.0.1:{port}{tls}; root {folder}/www; {certificate} {headers} }}
}}
"""


def wrk(address: str, *, script: str = "", clients: int = 32, seconds: float = SECONDS, name: str = "") -> float:
    """Requests a second that one wrk with keep-alive gets answered with 200, taking gzip, asking for that `name`."""
    assert WRK
    command = [WRK, "-t1", f"-c{clients}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: {name}"] if name else []
    said = subprocess.run(
        [*command, *(["-s", script] if script else []), address], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def in_turns(candidate: Callable[[], float], reference: Callable[[], float], rounds: int = 5) -> list[float]:
    """The ratios of the two, each pair taken one right after the other, so that whatever else runs slows both."""
    return [candidate() / reference() for _round in range(rounds)]


class Running:
    """`./dev run` in a folder of its own; `settings` are further variables of its environment."""

    def __init__(self, home: Path, database: str = "", **settings: str) -> None:
        self.home, self.port = home, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUERENT_", "DATABASE_URL"))}
        # DJANGO_SETTINGS_MODULE may be that of the tests in the process that measures.
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = kept | {
            "QUERENT_HOME": str(home), "PORT": str(self.port), "DATABASE_URL": database, **settings
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait for the first page; returns the seconds that took."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [ROOT / "dev", "run"], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while True:
            with suppress(OSError):
                self.get("/")
                return time.monotonic() - began
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < began + 120, "the server did not answer"
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def python(self, code: str) -> str:
        """What a piece of code prints in this installation's Django."""
        command = [str(ROOT / ".venv/bin/python"), "manage.py", "shell", "-v0", "-c", code]
        environment = self.environment | {"QUERENT_MODE": "local"}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()

    def status(self, path: str) -> int:
        return self._asked(path)[0]

    def get(self, path: str, **headers: str) -> bytes:
        """The page, which has to be there."""
        status, body = self._asked(path, **headers)
        assert status == 200, f"{path}: {status}"
        return body

    def _asked(self, path: str, **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def megabytes(self) -> float:
        """The memory of all its processes, what they share counted once."""
        assert self.process
        waiting, total = [self.process.pid], 0
        while waiting:
            pid = waiting.pop()
            with suppress(OSError):
                waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
                found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
                total += int(found[1]) if found else 0
        return total / 1024


@contextmanager
def running(home: Path, database: str = "", **settings: str) -> Iterator[Running]:
    server = Running(home, database, **settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def nginx_with(
    folder: Path, files: dict[str, bytes], certificate: Path | None = None, headers: str = ""
) -> Iterator[str]:
    """The address of an nginx that serves these bytes as files, also over TLS; they are named by their addresses."""
    assert NGINX
    (folder / "www").mkdir(parents=True)
    for name, body in files.items():
        path = folder / "www" / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    port = free_port()
    tls = ""
    if certificate:
        tls = (
            f"ssl_certificate {certificate}/fullchain.pem; ssl_certificate_key {certificate}/privkey.pem;"
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off; ssl_session_cache off;"
        )
    conf = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    named = {
        "user": user,
        "folder": folder,
        "port": port,
        "tls": " ssl" if certificate else "",
        "certificate": tls,
        "headers": headers,
    }
    conf.write_text(NGINX_CONF.format(**named))
    process = subprocess.Popen([NGINX, "-p", folder, "-c", conf, "-e", folder / "nginx.log"])
    try:
        time.sleep(1)
        yield f"http{'s' if certificate else ''}://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def random_paths(folder: Path, paths: Sequence[str]) -> str:
    """A script for wrk that asks for these in random order."""
    script = folder / "random.lua"
    listed = ",\n".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{{listed}}}\nmath.randomseed(7)\n"
        'request = function() return wrk.format("GET", paths[math.random(#paths)]) end\n'
    )
    return str(script)
