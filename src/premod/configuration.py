"""What the operator sets by environment variable. What a publisher decides (guidelines, origins, limits) is data."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from premod.judges.registry import DEFAULT_JUDGES


@dataclass(frozen=True, slots=True)
class Setting:
    """One ``PREMOD_…`` variable: its default as text, and what it does in one sentence."""

    name: str
    default: str
    help: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("PREMOD_DATA", "var", "Folder of the embedded database and the generated secret key."),
        Setting("PREMOD_DATABASE_URL", "", "postgresql://user:password@host:port/name; empty: SQLite in PREMOD_DATA."),
        Setting("PREMOD_SECRET_KEY", "", "Signs receipts and sessions; empty: made once and kept in PREMOD_DATA."),
        Setting("PREMOD_HOST", "127.0.0.1", "Address to listen on."),
        Setting("PREMOD_PORT", "8000", "Port to listen on."),
        Setting("PREMOD_THREADS", "2", "Threads that answer requests in each server process."),
        Setting("PREMOD_PROCESSES", "1", "Server processes; more than one is worth it on PostgreSQL only."),
        Setting("PREMOD_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that requests may carry, by comma."),
        Setting("PREMOD_HTTPS", "0", "1 when readers reach premod over HTTPS: cookies are then sent over HTTPS only."),
        Setting("PREMOD_TRUSTED_PROXIES", "0", "Reverse proxies in front: how many X-Forwarded-For entries to trust."),
        Setting("PREMOD_JUDGES", ",".join(DEFAULT_JUDGES), "Judges that score each comment, by comma."),
        Setting("PREMOD_JUDGE_TIMEOUT_SECONDS", "30", "A batch that a judge takes longer for is referred."),
        Setting("PREMOD_BATCH_SIZE", "16", "Held comments that a worker claims at once."),
        Setting("PREMOD_LEASE_SECONDS", "120", "A worker's claim on a comment ends after this long."),
    )
}


class ConfigurationError(ValueError):
    """A PREMOD_ variable holds what it cannot; the message names it."""


def text(name: str, environment: Mapping[str, str] = os.environ) -> str:
    return environment.get(name) or SETTINGS[name].default


def number(name: str, environment: Mapping[str, str] = os.environ) -> int:
    """Raise ConfigurationError unless the variable is a whole number, 0 or more."""
    value = text(name, environment)
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number, 0 or more, not {value!r}")
    return int(value)


def words(name: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    return [word.strip() for word in text(name, environment).split(",") if word.strip()]


def data_folder() -> Path:
    """Return PREMOD_DATA as an absolute path, made on first use and closed to other users of the machine."""
    folder = Path(text("PREMOD_DATA")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """Return PREMOD_SECRET_KEY, or the key kept in PREMOD_DATA, which the first caller makes."""
    given = os.environ.get("PREMOD_SECRET_KEY")
    return given or _kept_secret(data_folder() / "secret-key")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64))
        try:
            # Server and worker may start at once: only one of them can make the link, and both then read the same key.
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text()
