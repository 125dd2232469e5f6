"""A whole installation for a drill: the commands of the shipped unit, behind nginx with the shipped file."""

import os
import re
import resource
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

from tests.drills.certificate import write_certificate
from tests.drills.database import Database, Rows

ROOT = Path(__file__).parents[2]
NAME = "querent.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

# What Debian's nginx.conf sets for every site: logs of everything. What the shipped file does not turn off shows up.
NGINX_MAIN = """
{user} worker_processes 2; daemon off; pid {run}/nginx.pid; error_log {logs}/nginx-main.log info;
events {{ worker_connections 1024; }}
http {{
    access_log {logs}/nginx-access.log; error_log {logs}/nginx-error.log info;
    client_body_temp_path {spill}/body; proxy_temp_path {spill}/proxy; fastcgi_temp_path {spill}/fastcgi;
    uwsgi_temp_path {spill}/uwsgi; scgi_temp_path {spill}/scgi;
    # The drill says where a visitor comes from: one machine cannot be three hundred networks.
    set_real_ip_from 127.0.0.1; real_ip_header X-Drill-Address;
    include {conf};
}}
"""


def new_keys() -> dict[str, str]:
    return {
        "QUERENT_SECRET_KEY": token_hex(40),
        "QUERENT_SEALING_KEYS": urlsafe_b64encode(token_bytes(32)).decode(),
        "QUERENT_RECEIPT_KEY": token_hex(32),
        "QUERENT_HISTORY_KEY": token_hex(32),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Site:
    """Where an installation keeps what, and the processes it consists of."""

    folder: Path
    keys: dict[str, str]
    database: Database
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)
    names: str = NAME
    """What it answers to."""
    listens: str = ""
    """The address of its machine where it is one of several servers, with the port; else it has a socket of its own."""
    alterations: dict[str, str] = field(default_factory=dict)
    """What stands in nginx's file instead of what was shipped, besides places and ports."""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in (self.home, self.run, self.cache, self.logs, self.temp, self.spill):
            place.mkdir(mode=0o700)
        self.trust = write_certificate(self.folder, NAME)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def cache(self) -> Path:
        """Where pages are printed."""
        return self.folder / "cache"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def temp(self) -> Path:
        """TMPDIR of the application."""
        return self.folder / "temp"

    @property
    def spill(self) -> Path:
        """Where nginx would put what does not fit into memory."""
        return self.folder / "spill"

    @property
    def socket(self) -> Path:
        return self.run / "web.sock"

    @property
    def ways(self) -> list[str]:
        return ["nginx", "granian"] if NGINX else ["granian"]

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        unit = dict(pair.split("=", 1) for line in self._unit("Environment") for pair in shlex.split(line))
        return {
            **kept, **unit, **self.keys, "QUERENT_ALLOWED_HOSTS": self.names, "TMPDIR": str(self.temp),
            **({"DATABASE_URL": self.database.url} if self.database.url else {}),
        }  # fmt: skip

    def _unit(self, key: str, file: str = "querent.service") -> list[str]:
        """The lines of the shipped unit with this key, with the drill's folders in place of the system's."""
        unit = (ROOT / "deploy/systemd" / file).read_text().replace("\\\n", " ")
        places = {"/opt/querent": ROOT, "/run/querent": self.run, "/var/lib/querent": self.home}
        places["/var/cache/querent"] = self.cache
        for shipped, here in places.items():
            unit = unit.replace(shipped, str(here))
        return re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)

    def start(self, *, in_front: bool = True) -> None:
        """Set up and serve, as systemd would; with nginx `in_front` of it, where there is one."""
        for command in self._unit("ExecStartPre"):
            subprocess.run(shlex.split(command), cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.start_server()
        if NGINX and in_front:
            self._start_nginx()

    def start_server(self) -> None:
        def with_dumps() -> None:
            resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

        self.socket.unlink(missing_ok=True)
        (command,) = self._unit("ExecStart") if not self.listens else self._as_one_of_several()
        # The unit's LimitCORE is left out: the application has to see to it without systemd as well.
        allowed = resource.getrlimit(resource.RLIMIT_CORE)[1] == resource.RLIM_INFINITY
        self._spawn("granian", shlex.split(command), preexec_fn=with_dumps if allowed else None)
        if self.listens:
            host, _colon, port = self.listens.partition(":")
            self._wait_for(socket.AF_INET, (host, int(port)))
        else:
            self._wait_for(socket.AF_UNIX, str(self.socket))

    def _as_one_of_several(self) -> list[str]:
        """The command of the shipped drop-in, the line before which empties the unit's own."""
        nothing, command = self._unit("ExecStart", "querent.service.d/one-of-several.conf")
        assert not nothing
        host, _colon, port = self.listens.partition(":")
        return [command.replace("${QUERENT_LISTEN}", host).replace("--port 8000", f"--port {port}")]

    def kill(self) -> None:
        """The server and its workers are gone at once, as when the machine is."""
        for pid in [*self.workers(), self.processes["granian"].pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.processes.pop("granian").wait()

    def _start_nginx(self) -> None:
        shipped = (ROOT / "deploy/nginx/querent.conf").read_text()
        changes = {
            "    listen 80;": f"    listen 127.0.0.1:{self.http};",
            "    listen 443 ssl http2;": f"    listen 127.0.0.1:{self.https} ssl http2;",
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "/run/querent/web.sock": str(self.socket),
            "/var/cache/querent": str(self.cache),
            "/etc/ssl/querent": str(self.folder),
            "/opt/querent": str(ROOT),
            "/var/www/acme": str(self.folder),
            **self.alterations,
        }
        for line, here in changes.items():
            assert line in shipped, f"the shipped file has no {line!r} any more"
            shipped = shipped.replace(line, here)
        conf = self.folder / "querent.conf"
        conf.write_text(shipped)
        main = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        main.write_text(NGINX_MAIN.format(user=user, run=self.run, logs=self.logs, spill=self.spill, conf=conf))
        assert NGINX
        self._spawn("nginx", [NGINX, "-p", str(self.folder), "-c", str(main), "-e", str(self.logs / "nginx-main.log")])
        self._wait_for(socket.AF_INET, ("127.0.0.1", self.https))

    def _spawn(self, name: str, command: Sequence[str], **options: Any) -> None:
        with open(self.logs / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options
            )

    def _wait_for(self, family: int, address: Any) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket(family) as probe, suppress(OSError):
                probe.connect(address)
                return
            time.sleep(0.1)
        raise AssertionError(f"nothing answers at {address}: {sorted(self.logs.iterdir())}")

    def stop(self, *names: str) -> None:
        """Stop these, or everything."""
        for name in names or tuple(self.processes):
            process = self.processes.pop(name)
            process.terminate()
            process.wait(30)

    @contextmanager
    def without_server(self) -> Iterator[None]:
        """nginx stands in front of nothing."""
        self.stop("granian")
        try:
            yield
        finally:
            self.start_server()

    def workers(self) -> list[int]:
        """The server's worker processes."""
        children = Path(f"/proc/{self.processes['granian'].pid}/task/{self.processes['granian'].pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def every_process(self) -> list[int]:
        found = []
        for process in self.processes.values():
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            found += [process.pid, *map(int, children.split())]
        return found

    def manage(self, *command: str) -> str:
        """What a management command of this installation prints."""
        python = ROOT / ".venv/bin/python"
        done = subprocess.run(
            [python, "manage.py", *command], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    def rows(self, sql: str) -> Rows:
        return self.database.rows(sql)

    def newest_question(self) -> str:
        """The name, in addresses of the desk, of the question that came last."""
        ((ref,),) = self.rows("SELECT ref FROM questions_question ORDER BY number DESC LIMIT 1")
        return str(uuid.UUID(str(ref)))

    @cached_property
    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.trust))
