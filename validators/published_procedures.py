"""Publishing which version of each procedure is judged from which day on, what it cites, and the same the other way round."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, and_, select, true

from rasoat.codec import to_json
from rasoat.progress import Progress
from rasoat.records import Procedure, Role
from rasoat.store.extracted import Sighting, VersionPlace, load_version_places, load_versions, sightings
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_schema import cited_by, procedures_now
from rasoat.store.published_timelines import ProcedureHead, head_of
from rasoat.store.schema import citations, mentions, pieces, procedures
from validators.asked_day import NEVER
from validators.concerned_units import publishing_unit
from validators.derivation.judged_versions import judged_from
from validators.published_facts import ANSWERS_VERSION, FactsTouched

_PROCEDURES = 50  # looked up and written together
_THING = "procedures_now"
CitedByPlace = Mapping[
    tuple[str, int], list[dict[str, Any]]
]  # by piece and position of a procedure: its citations in the order of the text


def publish_procedures(
    writer: PublicationWriter, connection: Connection, progress: Progress, touched: FactsTouched | None = None
) -> set[str]:
    """Write what has changed of every procedure's versions and citations; which procedures that were. `touched`: the
    only procedures of whose citations one can resolve otherwise, where somebody knows them."""
    cited, versions = defaultdict[tuple[str, int], list[dict[str, Any]]](list), defaultdict(list)
    only, seen = touched.procedures if touched else None, touched.seen if touched else sightings(connection)
    asked: Iterable[Sequence[str] | None] = [None] if only is None else portions(sorted(only))
    for one in (one for some in asked for one in load_version_places(connection, seen, some)):
        versions[one.code].append(one)
    if only is None:
        cited.update(_cited(connection, true()))
        readers = _readers(connection, pieces.c.piece.in_(select(procedures.c.piece)))
    else:
        readers = {}
        for some in portions(sorted({one.piece for several in versions.values() for one in several})):
            cited.update(_cited(connection, mentions.c.piece.in_(some)))
            readers |= _readers(connection, pieces.c.piece.in_(some))
    now = {code: _digest(several, cited, readers) for code, several in versions.items()}
    changed = sorted(writer.differing(_THING, now, only))
    for at, codes in enumerate(portions(changed, _PROCEDURES)):
        progress("thủ tục", at * _PROCEDURES, len(changed))
        alive = [code for code in codes if code in now]
        told = _told(connection, seen, alive)
        writer.replace(procedures_now, procedures_now.c.code.in_(codes), _version_rows(alive, versions, cited, told))
        writer.replace(cited_by, cited_by.c.procedure.in_(codes), _citing_rows(alive, versions, cited))
        writer.mark(_THING, {code: now.get(code) for code in codes})
    return set(changed)


def _cited(connection: Connection, where: ColumnElement[bool]) -> CitedByPlace:
    same = and_(
        citations.c.piece == mentions.c.piece,
        citations.c.procedure == mentions.c.procedure,
        citations.c.position == mentions.c.position,
    )
    query = select(mentions.c.piece, mentions.c.procedure, mentions.c.part, mentions.c.data, citations.c.data.label("resolution"))
    query = query.join(citations, same).where(where).order_by(mentions.c.piece, mentions.c.procedure, mentions.c.position)
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.piece, row.procedure].append({"part": row.part, "mention": row.data, "resolution": row.resolution})
    return found


def _readers(connection: Connection, where: ColumnElement[bool]) -> dict[str, int]:
    """By piece, who read it: another reader may find other words in the same bytes."""
    return {row.piece: row.reader for row in connection.execute(select(pieces.c.piece, pieces.c.reader).where(where))}


def _told(connection: Connection, seen: Mapping[str, Sighting], codes: Sequence[str]) -> Mapping[tuple[str, int], Procedure]:
    """By piece and position, what the versions of some procedures say."""
    return {(one.piece, one.position): one.procedure for one in load_versions(connection, seen, codes)}


def _digest(several: Sequence[VersionPlace], cited: CitedByPlace, readers: Mapping[str, int]) -> str:
    told = [
        [one.piece, one.position, int(one.rank), readers[one.piece], one.days, cited.get((one.piece, one.position), [])] for one in several
    ]
    return hashlib.blake2b(orjson.dumps([ANSWERS_VERSION, told], option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def _version_rows(
    codes: Iterable[str],
    versions: Mapping[str, list[VersionPlace]],
    cited: CitedByPlace,
    told: Mapping[tuple[str, int], Procedure],
) -> Iterable[PublishedRow]:
    for code in codes:
        for day, one in judged_from(versions[code]):
            place = (one.piece, one.position)
            about = {"publisher_unit": publishing_unit(told[place]), "head": to_json(ProcedureHead, head_of(told[place]))}
            yield {"code": code, "from_day": day, "piece": one.piece, "position": one.position, **about, "citations": cited.get(place, [])}


def _citing_rows(codes: Iterable[str], versions: Mapping[str, list[VersionPlace]], cited: CitedByPlace) -> Iterable[PublishedRow]:
    """Each document and provision once for each part of a procedure that cites it, as it is cited there first, on the days on which it is."""
    for code in codes:
        begun = judged_from(versions[code])
        held: dict[tuple[str, str, str, str], PublishedRow] = {}
        ends = [*(day for day, _ in begun[1:]), NEVER]
        for (since, one), until in zip(begun, ends, strict=True):
            cites = _cites(cited.get((one.piece, one.position), []))
            for (key, provision, part), role in cites.items():
                row = held.get((key, provision, part, role))
                if row and row["holds_to"] == since:
                    row["holds_to"] = until
                    continue
                if row:
                    yield row
                days = {"holds_from": since, "holds_to": until}
                held[key, provision, part, role] = {
                    "key": key,
                    "provision": provision,
                    "procedure": code,
                    "part": part,
                    "role": role,
                    **days,
                }
        yield from held.values()


def _cites(told: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for one in told:
        mention = one["mention"]
        if key := one["resolution"].get("key"):
            for provision in (*mention.get("provisions", ()), *mention.get("divisions", ())) or ("",):
                found.setdefault((key, provision, one["part"]), mention.get("role", Role.BODY.value))
    return found
