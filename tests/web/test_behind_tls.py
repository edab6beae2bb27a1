"""The production files of the pages: the proxy's own configuration run by a real nginx before the real pages; the manifests looked at."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import yaml

from rasoat.settings import Settings
from tests.conftest import free_port, missing

DOCKER = Path(__file__).parents[2] / "docker"
NGINX = Path("/usr/sbin/nginx")
MANIFESTS: list[dict[str, Any]] = list(yaml.safe_load_all((DOCKER / "kubernetes-web.yaml").read_text("utf-8")))


@pytest.fixture(scope="module")
def behind_tls(live: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ssl.SSLContext]]:
    """docker/nginx.conf as it is, but for where things lie on this machine."""
    if not NGINX.exists():
        missing("nginx", "apt-get install nginx-light")
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    names = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate"), "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=rasoat"]
    subprocess.run(["openssl", "req", "-x509", *curve, *names], check=True, capture_output=True)
    told = (DOCKER / "nginx.conf").read_text("utf-8")
    for ours, here in {
        "/tmp/": f"{folder}/", "web:8765": live.removeprefix("http://"), "/run/secrets/tls_certificate": str(folder / "certificate"),
        "/run/secrets/tls_key": str(folder / "key"), "listen 8443 ": f"listen 127.0.0.1:{port} ",
    }.items():  # fmt: skip
        assert ours in told
        told = told.replace(ours, here)
    (folder / "nginx.conf").write_text(told, "utf-8")
    words = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    subprocess.run([*words, "-t"], check=True, capture_output=True)
    proxy = subprocess.Popen([*words, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(cafile=str(folder / "certificate"))
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield f"https://127.0.0.1:{port}", context
    proxy.terminate()
    proxy.wait(10)


def asked(behind: tuple[str, ssl.SSLContext], path: str, **headers: str) -> tuple[int, str]:
    address, context = behind
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers), context=context, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.slow
def test_the_pages_are_reached_and_the_numbers_are_not(behind_tls: tuple[str, ssl.SSLContext], live: str) -> None:
    assert asked(behind_tls, "/healthz")[0] == 200
    assert asked(behind_tls, "/nguon")[0] == 200
    assert asked(behind_tls, "/metrics")[0] == 404
    with urllib.request.urlopen(f"{live}/metrics", timeout=10) as told:  # this machine asks for itself
        assert b'rasoat_web_request_seconds_count{page="/nguon",status="2xx"}' in told.read()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/METRICS", "//metrics", "/%6detrics", "/x/../metrics", "/metrics/"])
def test_no_way_of_writing_it_gets_to_the_numbers(behind_tls: tuple[str, ssl.SSLContext], path: str) -> None:
    status, told = asked(behind_tls, path)
    assert status == 404
    assert "rasoat_web_request" not in told


def test_the_manifests_run_as_nobody_special_and_are_watched() -> None:
    pod = next(one for one in MANIFESTS if one["kind"] == "Deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert set(container["resources"]) == {"requests", "limits"}
    assert container["readinessProbe"]["httpGet"]["path"] == "/healthz"
    assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["volumes"]}


def test_the_manifests_name_the_image_of_the_other_files_and_real_settings() -> None:
    values = yaml.safe_load((DOCKER / "helm-values.yaml").read_text("utf-8"))
    (container,) = next(one for one in MANIFESTS if one["kind"] == "Deployment")["spec"]["template"]["spec"]["containers"]
    assert container["image"] == f"{values['defaultAirflowRepository']}:{values['defaultAirflowTag']}"
    known = {f"RASOAT_{name.upper()}" for name in Settings.model_fields} | {"RASOAT_SECRETS_DIR"}
    assert [one["name"] for one in container["env"] if one["name"].startswith("RASOAT_") and one["name"] not in known] == []
    assert {one["name"] for one in values["volumes"]} <= {
        one["name"] for one in next(one for one in MANIFESTS if one["kind"] == "Deployment")["spec"]["template"]["spec"]["volumes"]
    }
