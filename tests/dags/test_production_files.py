"""What stands in docker/, looked at without an engine: linters, names that lead nowhere, rules of the house, commands that start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from airflow_processes import ROOT, environment, finished, free_port, running
from sqlalchemy import create_engine, text

from tests.conftest import missing

DOCKER = ROOT / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
CHART = "1.18.0"  # of the official Airflow chart
ONCE = {"airflow-init", "minio-init"}
services = pytest.mark.parametrize("name", sorted(SERVICES))


def tool(*words: str) -> None:
    done = subprocess.run([str(Path(sys.executable).parent / words[0]), *words[1:]], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_is_linted() -> None:
    tool("hadolint", "--failure-threshold", "style", str(DOCKER / "Dockerfile"))


def test_the_image_holds_every_room() -> None:
    """Left out of the build's context or not copied, a room is missing only when the image first runs."""
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
    copied, sent = (DOCKER / "Dockerfile").read_text("utf-8").splitlines(), (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert [room for room in rooms if f"COPY {room} /opt/rasoat/{room}" not in copied] == []
    assert [room for room in rooms if f"!{room}" not in sent] == []


def test_airflow_passes_over_what_holds_no_dag() -> None:
    ignored = {line for line in (ROOT / "dags/.airflowignore").read_text("utf-8").splitlines() if line and not line.startswith("#")}
    assert ignored == {path.name for path in (ROOT / "dags").glob("*.py") if not re.search(r"^\s*@dag\(", path.read_text("utf-8"), re.M)}


def test_the_compose_file_is_of_its_schema() -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(DOCKER / "compose.yaml"))


@pytest.mark.parametrize("script", sorted(DOCKER.glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_are_sound(script: Path) -> None:
    subprocess.run(["sh", "-n", str(script)], check=True)
    assert os.access(script, os.X_OK)


@services
def test_no_name_leads_nowhere(name: str) -> None:
    """Services waited for, secrets, volumes and networks: each is declared, each mounted file is there."""
    service = SERVICES[name]
    for waited_for, how in service.get("depends_on", {}).items():
        assert waited_for in SERVICES
        wanted = "service_completed_successfully" if waited_for in ONCE else "service_healthy"
        assert how["condition"] == wanted
    assert set(mounted(service).values()) <= set(COMPOSE["secrets"])
    assert set(service.get("networks", ())) <= set(COMPOSE["networks"])
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        assert (DOCKER / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
    for path in re.findall(r"/run/secrets/(\w+)", yaml.safe_dump(service)):
        assert path in mounted(service), f"{path} is read and not given"


def mounted(service: dict[str, Any]) -> dict[str, str]:
    """The secrets that a service is given: the name below /run/secrets, and which secret it is."""
    given = [{"source": one, "target": one} if isinstance(one, str) else one for one in service.get("secrets", ())]
    return {one["target"]: one["source"] for one in given}


@services
def test_every_service_is_limited_watched_and_nobody_is_root(name: str) -> None:
    service = SERVICES[name]
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
    assert service["user"].split(":")[0] not in ("", "0", "root")
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert re.fullmatch(r"[^:]+:[\w.-]*\d[\w.-]*", service["image"]), "a pinned tag"
    assert name in ONCE or "healthcheck" in service
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), "nothing is open to other machines unasked"


def test_no_secret_stands_in_a_file() -> None:
    """Whatever is secret is a file's name; a value with a password in it would have to be written here first."""
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|FERNET|_CONN|BROKER|CREDENTIAL", key) and key != "RASOAT_SECRETS_DIR":
                assert "/run/secrets/" in str(value), f"{name}: {key}"
    assert "/secrets/" in (DOCKER / ".gitignore").read_text("utf-8").split()


ROOT_HERE = os.geteuid() == 0


@pytest.fixture
def as_root() -> None:
    """Only root gives files away and becomes somebody else."""
    if not ROOT_HERE:
        missing("root", "run as root")


def made_in(folder: Path) -> dict[str, str]:
    """The secrets by name, after a run that told whether the services can read them."""
    done = subprocess.run([str(DOCKER / "make-secrets.sh"), str(folder)], capture_output=True, text=True)
    assert done.returncode == (0 if ROOT_HERE else 3), done.stderr
    return {path.name: path.read_text() for path in folder.iterdir()}


def read_as(user: int, path: Path) -> bool:
    """Whether a user of this number, who is in no group, can read a file."""
    words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--bounding-set=-all", "cat", str(path)]
    return subprocess.run(words, capture_output=True).returncode == 0


def test_secrets_are_made_once_and_all_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = made_in(folder)
    assert set(made) == {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    assert all(made.values())
    assert made["rasoat_elastic_password"] == made["elastic_password"]
    for path in folder.iterdir():
        path.chmod(0o444)  # as an earlier version left them
    folder.chmod(0o711)
    assert made_in(folder) == made
    assert oct(folder.stat().st_mode) == "0o40700"
    assert {oct(path.stat().st_mode) for path in folder.iterdir()} == {"0o100400"}
    from cryptography.fernet import Fernet

    Fernet(made["airflow_fernet_key"])


@pytest.mark.usefixtures("as_root")
def test_a_secret_is_read_by_its_service_and_by_nobody_else(open_folder: Path) -> None:
    """Proved as other users: in the folder by nobody; mounted, which keeps owner and mode as a second name does, by its service alone."""
    folder, mounts = open_folder / "secrets", open_folder / "mounts"
    made_in(folder)
    mounts.mkdir(mode=0o755)
    readers = {secret: int(service["user"].split(":")[0]) for service in SERVICES.values() for secret in mounted(service).values()}
    assert set(readers) == set(COMPOSE["secrets"])
    everybody = {65534, 1234, *readers.values()}
    for service in SERVICES.values():  # two services share a file only where they run as one user
        assert {readers[secret] for secret in mounted(service).values()} <= {int(service["user"].split(":")[0])}
    for name, reader in readers.items():
        os.link(folder / name, mounts / name)
        assert not [user for user in everybody if read_as(user, folder / name)], name
        assert [user for user in sorted(everybody) if read_as(user, mounts / name)] == [reader], name


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own is not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.usefixtures("as_root")
def test_no_secret_is_written_where_somebody_else_put_a_folder_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 65534, 65534)
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("theirs", "link"):
        done = subprocess.run([str(DOCKER / "make-secrets.sh"), str(tmp_path / name)], capture_output=True)
        assert done.returncode == 2
    assert {path.name for path in tmp_path.rglob("*")} == {"theirs", "link"}


def test_settings_are_read_from_secret_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasoat.settings import load_settings

    (tmp_path / "rasoat_database_url").write_text("postgresql://x:secret@db/rasoat")
    monkeypatch.setenv("RASOAT_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RASOAT_DATABASE_URL", raising=False)
    assert load_settings().database == "postgresql://x:secret@db/rasoat"


def test_the_mapping_names_what_airflow_sends() -> None:
    """Each name is one that Airflow documents, with a star for each changing part."""
    import importlib.util

    spec = importlib.util.find_spec("airflow")
    assert spec
    assert spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    known = "\n".join(path.read_text("utf-8", errors="replace") for path in package.rglob("*metrics*.yaml"))
    assert known, "Airflow's own list of metrics"
    shapes = {re.sub(r"\{[^}]*\}", "*", name) for name in re.findall(r'(?:name|legacy_name): "?([\w.{}-]+)"?', known)}
    for mapping in yaml.safe_load((DOCKER / "statsd" / "mapping.yaml").read_text("utf-8"))["mappings"]:
        assert mapping["match"].startswith("airflow.")
        assert mapping["match"].count("*") == sum("$" in str(value) for value in mapping.get("labels", {}).values())
        wanted = mapping["match"].removeprefix("airflow.")
        assert any(matches(wanted, shape) for shape in shapes), wanted


def matches(wanted: str, shape: str) -> bool:
    """Whether a mapping's name fits one that Airflow sends; its states stand where Airflow has a changing part."""
    ours, theirs = wanted.split("."), shape.split(".")
    return len(ours) == len(theirs) and all(one == other or other == "*" or one == "*" for one, other in zip(ours, theirs, strict=True))


def test_the_chart_values_name_no_root_and_no_secret() -> None:
    values = yaml.safe_load((DOCKER / "helm-values.yaml").read_text("utf-8"))
    assert values["executor"] == "KubernetesExecutor"
    assert values["securityContexts"]["pod"]["runAsNonRoot"] is True
    for part in ("scheduler", "dagProcessor", "apiServer", "workers", "statsd"):
        assert set(values[part]["resources"]) == {"requests", "limits"}
    mounted = {one["name"] for one in values["volumeMounts"]}
    assert mounted == {one["name"] for one in values["volumes"]}
    assert not [line for line in leaves(values) if re.search(r"://[^/]*:[^/]*@", line)]


def test_one_version_of_the_image_and_of_airflow_is_named_everywhere() -> None:
    values = yaml.safe_load((DOCKER / "helm-values.yaml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    images = {service["image"] for service in SERVICES.values() if service["image"].startswith("rasoat:")}
    tags = {values["defaultAirflowTag"], values["images"]["airflow"]["tag"], *(image.removeprefix("rasoat:") for image in images)}
    assert tags == {project["version"]}
    assert values["images"]["airflow"]["repository"] == values["defaultAirflowRepository"]
    assert values["airflowVersion"] == version("apache-airflow")
    assert f"chart {CHART}" in (DOCKER / "README.md").read_text("utf-8")
    assert f"--version {CHART} " in (DOCKER / "helm-values.yaml").read_text("utf-8")


def test_every_setting_of_the_chart_values_is_one_of_ours_or_airflows() -> None:
    """Airflow's sections and options as Airflow itself lists them; our variables as the settings read them."""
    from airflow.configuration import conf

    from rasoat.settings import Settings

    values = yaml.safe_load((DOCKER / "helm-values.yaml").read_text("utf-8"))
    for section, options in values["config"].items():
        assert not [name for name in options if not conf.has_option(section, name)], section
    ours = {f"RASOAT_{name.upper()}" for name in Settings.model_fields} | {"RASOAT_SECRETS_DIR"}
    named = {one["name"] for one in values["env"]} | {name for service in SERVICES.values() for name in service.get("environment", {})}
    assert not [name for name in named if name.startswith("RASOAT_") and name not in ours | {"RASOAT_PASSWORD_FILE"}]


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    else:
        yield str(value)


@pytest.mark.slow
def test_the_metrics_service_answers_as_its_health_check_asks(tmp_path: Path) -> None:
    """The command and the question of docker/compose.yaml, on a free port."""
    port, env = free_port(), environment(tmp_path)
    command = [word.replace("9464", str(port)).replace("0.0.0.0", "127.0.0.1") for word in SERVICES["metrics"]["command"]]
    question = SERVICES["metrics"]["healthcheck"]["test"][-1].replace("9464", str(port))
    with running({"metrics": command}, env, tmp_path / "logs"):
        finished(
            [
                sys.executable,
                "-c",
                f"import time\nfor _ in range(100):\n  try:\n    {question}\n    break\n  except OSError: time.sleep(0.2)\nelse: raise SystemExit(1)",
            ],
            env,
        )
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert b"rasoat_runs_unfinished" in answer.read()


@pytest.mark.slow
def test_postgresql_knows_its_options(postgres_server: str) -> None:
    """Every `-c name=value` of docker/compose.yaml is an option of a real server."""
    program, *options = SERVICES["postgres"]["command"]
    assert program == "postgres"
    assert set(options[::2]) == {"-c"}
    engine = create_engine(postgres_server)
    with engine.connect() as connection:
        known = set(connection.scalars(text("SELECT name FROM pg_settings")))
    engine.dispose()
    assert {option.split("=")[0] for option in options[1::2]} <= known
