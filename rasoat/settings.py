"""Every knob, as an environment variable RASOAT_… (pydantic-settings). With none set, all state lives under one folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from rasoat import __version__
from rasoat.system_words import refusal
from rasoat.trouble import SourceTrouble, Trouble


def user_data(name: str = "rasoat") -> Path:
    """A folder of this name where the user's programs keep their data."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / name


class Settings(BaseSettings):
    """Where state lives and how the program behaves. `home` holds the embedded database, archive and index."""

    model_config = SettingsConfigDict(env_prefix="RASOAT_", extra="ignore", env_ignore_empty=True)  # an empty RASOAT_HOME is not "here"

    home: Path = Field(default_factory=user_data)
    database_url: str = ""
    store_wait: float = Field(default=900, gt=0, description="SQLite: seconds one transaction of another process is waited for")
    archive_url: str = ""
    search_engine: Literal["embedded", "elasticsearch"] = "embedded"
    elasticsearch_url: str = "http://127.0.0.1:9200"
    elasticsearch_ca: Path | None = Field(default=None, description="PEM file of the authorities that sign the cluster's certificates")
    elasticsearch_user: str = ""
    elasticsearch_password_file: Path | None = Field(
        default=None, description="a file that holds the user's password, as secrets are mounted"
    )
    elasticsearch_api_key_file: Path | None = Field(default=None, description="a file that holds an API key, instead of user and password")
    contact: str = Field(default="", description="how a publisher reaches us; needed before a real host is crawled")
    user_agent: str = ""
    rate: float | None = Field(default=None, description="requests a second for every source, instead of what each declares")
    horizon_days: int = Field(default=120, ge=1, description="CITE-07: how far ahead an expiry is announced")
    life_months: int = Field(default=24, ge=1, description="how long a sign of life speaks for a document")
    log_level: str = "WARNING"
    alert_webhook: str = Field(default="", description="where a failed task is told, as a POST of one JSON object")
    alert_email: str = Field(default="", description="who is written to when a task failed")
    unit: str = Field(default="", description="for which unit the command line decides and looks; the nation where none is given")
    web_public_findings: Literal["none", "confirmed", "all"] = Field(
        default="confirmed", description="which findings (who must act on what) anybody sees; facts with their clause are always public"
    )
    web_address: str = Field(default="", description="where the pages are reached from outside, for printed codes, feeds and identifiers")
    web_proxies: str = Field(default="", description="addresses whose X-Forwarded-For is believed, with commas")
    web_rate: int = Field(default=600, ge=1, description="requests of one address in a minute")
    web_api_rate: int = Field(default=60, ge=1, description="requests of one address in a minute to the API")
    web_timeout: float = Field(default=30, gt=0, description="seconds until a request that is not done is given up")
    web_metrics: bool = Field(default=False, description="/metrics answers whoever reaches it, not this machine alone")
    metrics_file: Path | None = Field(default=None, description="where each run writes its numbers for Prometheus' textfile collector")

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the store."""
        return self.database_url or f"sqlite:///{self.home / 'rasoat.db'}"

    @property
    def archive(self) -> str:
        """The fsspec address of the archive."""
        return self.archive_url or str(self.home / "archive")

    @property
    def agent(self) -> str:
        """Who we say we are: honest, with a contact, never somebody else's browser."""
        contact = f"; +{self.contact}" if self.contact else ""
        return self.user_agent or f"Mozilla/5.0 (compatible; rasoat/{__version__}{contact})"


def load_settings() -> Settings:
    """The settings of this process; the home folder is made where it is missing.

    Raises:
        Trouble: a variable has a value that cannot be used (it is named, its value is not told).
        SourceTrouble: the folder cannot be made.
    """
    secrets = os.environ.get("RASOAT_SECRETS_DIR")  # a folder of files named rasoat_database_url and so on
    try:
        if secrets and not Path(secrets).is_dir():
            raise Trouble("settings.secrets", path=secrets, reason="không có thư mục này / no such folder")
        settings = Settings(_secrets_dir=secrets or None)
    except ValidationError as error:
        first = error.errors()[0]
        variable = "RASOAT_" + "_".join(map(str, first["loc"])).upper()
        raise Trouble("settings.value", variable=variable, reason=first["msg"]) from None
    except (OSError, SettingsError) as error:  # of a secret's file
        path = str(getattr(error, "filename", None) or secrets)
        raise Trouble("settings.secrets", path=path, reason=getattr(error, "strerror", None) or "UTF-8?") from None
    try:
        settings.home = settings.home.expanduser().resolve()
        settings.home.mkdir(0o700, parents=True, exist_ok=True)  # what inspectors note is for the office alone
    except (OSError, RuntimeError) as error:
        reason = refusal(error) if isinstance(error, OSError) else str(error)
        raise SourceTrouble("settings.home", home=str(settings.home), reason=reason) from error
    return settings
