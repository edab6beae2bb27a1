"""Addresses as they may be told: a setting's address can hold a user, a password or a token, and none of these enters a message.

Whatever leaves for people or logs passes `masked`; where an error of a library speaks of an address we know, `reason_told` takes that
address's own secrets out of it, in whatever spelling; `shown` and `host_of` are what is told instead of an address.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, unquote_plus, urlsplit

MASK = "***"
UNTOLD = "địa chỉ sai hoặc có ký tự đặc biệt chưa mã hóa phần trăm (@ là %40, / là %2F) / percent-encode what stands before the @"
_NAMES = "pass|pwd|secret|token|key|sig|auth|cred"
_NAMED_SECRET = re.compile(_NAMES, re.IGNORECASE)
_WORD = re.compile(r"[^\s\"'<>]+")
_IN_QUERY = re.compile(r"([?&;])([\w.-]+)=([^&;#\s\"']+)")
_IN_WORDS = re.compile(r"(\b(?:password|passwd|pwd)\s*=\s*)(?:'[^']*'|\"[^\"]*\"|[^\s,;)]+)", re.IGNORECASE)
_IN_HEADER = re.compile(r"(\bauthorization\b['\"]?\s*[:=,]\s*(?:b?['\"])?(?:(?:basic|bearer|apikey)\s+)?)[^\s'\"]+", re.IGNORECASE)
_LOCAL = ("/", "./", "../", "~", "sqlite:", "file:")  # a path: people's homes have an @ in them, and nobody's password
_CHAIN = re.compile(r"^(?:\w+::)+")  # of fsspec, "simplecache::ftp://…"
_HOST = re.compile(r"(?:\[[^\]/]*\]|[^:/]*)(?::\d*)?(?:/|$)")
_UNSAFE = re.compile(r"[@/?#\s]")


def masked(text: str) -> str:
    """The text without what stands before the @ of an address, without values that are named as secrets."""
    text = _WORD.sub(_before_at, text) if "://" in text else text
    return _IN_HEADER.sub(rf"\1{MASK}", _IN_WORDS.sub(rf"\1{MASK}", _IN_QUERY.sub(_valued, text)))


def _before_at(word: re.Match[str]) -> str:
    """A password may hold @, / or # unencoded: everything from an address' scheme to the last @ of the word is taken for one."""
    scheme, mark, rest = word[0].partition("://")
    _, at, place = rest.rpartition("@")
    return f"{scheme}{mark}{MASK}@{place}" if at and not scheme.endswith(("sqlite", "file")) else word[0]


def _valued(pair: re.Match[str]) -> str:
    return f"{pair[1]}{pair[2]}={MASK}" if _NAMED_SECRET.search(pair[2]) else pair[0]


def shown(address: str) -> str:
    """An address for people: scheme, host, port and path. Several addresses are parted by commas."""
    if address.startswith(_LOCAL):
        return address
    if "://" not in address:  # no address, and what it was meant to be nobody can tell
        return MASK if re.search("[@:?#]", address) else address
    if "," in address:
        return MASK if _parted(address) else ",".join(shown(one.strip()) for one in address.split(",") if one.strip())
    scheme, colon, rest = address.partition("://")
    _, at, place = rest.rpartition("@")
    where = re.split("[?#]", place)[0]
    if not _HOST.match(where):  # "postgresql://user:password/db", the @ forgotten
        return f"{scheme}{colon}{MASK}"
    return f"{scheme}{colon}{MASK if at else ''}{at}{where}"


def _parted(address: str) -> bool:
    """Whether a comma stands inside an address, before its @: what is whose cannot be told then."""
    return any("@" in one and "://" not in one for one in address.split(","))


def host_of(address: str) -> str:
    """The host, with its port, and nothing else; empty where there is none."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return f"{host}:{port}" if port else host


def has_secrets(address: str) -> bool:
    """Whether an address says more than where: somebody's name or password, a query, a fragment."""
    return any(letter in address for letter in "@?#")


def reason_told(said: str, *addresses: str) -> str:
    """What a library says went wrong, without the secrets of the addresses it was given.

    Where an address cannot be taken apart for certain, its pieces may stand anywhere in the library's words: none of these is told.
    """
    for address in addresses:
        parts = _taken_apart(address)
        if parts is None:
            return UNTOLD
        said = said.replace(address, shown(address))
        for secret in sorted(_secrets(parts), key=len, reverse=True):
            said = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)" if len(secret) < 5 else re.escape(secret), MASK, said)
    return masked(said)


def _taken_apart(address: str) -> SplitResult | None:
    """Scheme, host and so on; None where a secret may have been cut in two: an @ too many, a port that is no number."""
    if address.startswith(_LOCAL):
        return urlsplit("")
    try:
        parts = urlsplit(_CHAIN.sub("", address))
        _ = parts.port
    except ValueError:
        return None
    before, at, _ = parts.netloc.rpartition("@")
    if _UNSAFE.search(before) or "@" in address.replace(f"{before}{at}", "", 1):
        return None
    return parts


def _secrets(parts: SplitResult) -> set[str]:
    """The secrets of an address in every spelling a library may use. A database's user is named in its complaints, and is no secret."""
    before = parts.netloc.rpartition("@")[0]
    user, colon, password = before.partition(":")
    raw = {before, password} | ({user} if not (colon and parts.scheme.startswith("postgres")) else set())
    if parts.scheme.startswith("http"):
        raw |= {value for _, value in parse_qsl(parts.query)}
    else:
        raw |= {value for name, value in parse_qsl(parts.query) if _NAMED_SECRET.search(name)}
    spelled = {form for one in raw for form in (one, unquote(one), unquote_plus(one), quote(unquote(one), safe=""))}
    return {form for one in spelled for form in (one, repr(one)[1:-1]) if form}
