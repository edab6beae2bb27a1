"""How an Elasticsearch cluster is reached: address, authorities, who asks; and its client's errors said for people."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from elastic_transport import TlsError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, OrjsonSerializer, TransportError, helpers

from rasoat.addresses import reason_told, shown
from rasoat.settings import Settings
from search.index_contract import BadQuery, EngineDown, IndexMissing, IndexReadOnly, SearchError


@dataclass(frozen=True, slots=True)
class Access:
    """Where a cluster is and who asks it: a user with a password, or an API key, or nobody. Several addresses are parted by commas."""

    url: str = field(repr=False)
    ca: Path | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)

    def client(self, timeout: float) -> Elasticsearch:
        """A client that waits `timeout` seconds for an answer; nothing is asked yet.

        Raises:
            BadQuery: the address or the certificates cannot be used.
        """
        options: dict[str, Any] = {
            "request_timeout": timeout,
            "max_retries": 1,
            "retry_on_timeout": False,
            "serializer": OrjsonSerializer(),
        }
        if self.api_key:
            options["api_key"] = self.api_key
        elif self.user:
            # Encoded here: the client refuses a password that is not ASCII.
            options["basic_auth"] = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        try:
            if self.ca:
                options["ssl_context"] = ssl.create_default_context(cafile=self.ca)
            return Elasticsearch(self._urls(), **options)
        except (ValueError, OSError) as error:
            raise BadQuery("engine.address", address=shown(self.url), reason=reason_told(str(error), *self._urls())) from error

    def _urls(self) -> list[str]:
        return [one.strip() for one in self.url.split(",") if one.strip()]


def access_of(settings: Settings) -> Access:
    """What the settings say of the cluster, its secrets read from their files.

    Raises:
        BadQuery: there is no address, a file cannot be read, or a user has no password.
    """
    if not settings.elasticsearch_url:
        raise BadQuery("engine.no_address")
    password = _secret("RASOAT_ELASTICSEARCH_PASSWORD_FILE", settings.elasticsearch_password_file)
    key = _secret("RASOAT_ELASTICSEARCH_API_KEY_FILE", settings.elasticsearch_api_key_file)
    if settings.elasticsearch_user and not (password or key):
        raise BadQuery("engine.no_password")
    if settings.elasticsearch_ca and not settings.elasticsearch_ca.is_file():
        raise BadQuery("engine.no_authorities", path=str(settings.elasticsearch_ca))
    return Access(settings.elasticsearch_url, settings.elasticsearch_ca, settings.elasticsearch_user, password, key)


def _secret(variable: str, path: Path | None) -> str:
    if path is None:
        return ""
    try:
        held = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuery("engine.secret", variable=variable, path=str(path), reason=getattr(error, "strerror", None) or "UTF-8") from error
    if not held.isprintable():  # a client would repeat it in its complaint about a header
        raise BadQuery("engine.secret", variable=variable, path=str(path), reason="nhiều dòng / more than one line")
    return held


@contextmanager
def explained() -> Iterator[None]:
    """The client's errors as ours, said so that a person knows what to do.

    Raises:
        SearchError: what went wrong, by its kind.
    """
    try:
        yield
    except SearchError:
        raise
    except helpers.BulkIndexError as error:
        raise _refused(str(error.errors[:1])) from error
    except NotFoundError as error:
        raise IndexMissing("index.missing") from error
    except ApiError as error:
        raise _said(error) from error
    except TlsError as error:
        raise EngineDown("engine.untrusted") from error
    except TransportError as error:
        raise EngineDown("engine.unanswered", reason=str(error.message)) from error


def _said(error: ApiError) -> SearchError:
    status = error.meta.status
    if status == 401 or (status == 403 and "security_exception" in str(error)):
        return SearchError("engine.unauthorised")
    if status in (403, 429):
        return _refused(str(error))
    if status >= 500:
        return EngineDown("engine.failed", status=status)
    return SearchError("engine.refused", reason=str(error))


def _refused(detail: str) -> SearchError:
    if "cluster_block" in detail or "read-only" in detail or "read_only" in detail:
        return IndexReadOnly("index.read_only")
    if "unavailable_shards" in detail or "no_shard_available" in detail or "master_not_discovered" in detail:
        return EngineDown("engine.short")
    return SearchError("engine.documents", reason=detail[:300])
