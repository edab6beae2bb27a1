"""Publishing which version of each procedure is judged from which day on, what it cites, and the same the other way round."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, and_, select, true

from rasoat.progress import Progress
from rasoat.records import Role
from rasoat.store.extracted import VersionPlace, load_version_places, sightings
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_schema import cited_by, procedures_now, published_inputs
from rasoat.store.schema import citations, mentions
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
    only = touched.procedures if touched else None
    if touched is None or only is None:
        found = load_version_places(connection, sightings(connection))
        cited.update(_cited(connection, true()))
    else:
        found = (one for some in portions(sorted(only)) for one in load_version_places(connection, touched.seen, some))
    for one in found:
        versions[one.code].append(one)
    if only is not None:
        pieces = {one.piece for several in versions.values() for one in several}
        for some in portions(sorted(pieces)):
            cited.update(_cited(connection, mentions.c.piece.in_(some)))
    now = {code: _digest(several, cited) for code, several in versions.items()}
    before = {row["owner"]: row["inputs"] for row in writer.rows_by(published_inputs, _THING, only)}
    changed = sorted(code for code in now.keys() | before.keys() if now.get(code) != before.get(code))
    for at, codes in enumerate(portions(changed, _PROCEDURES)):
        progress("thủ tục", at * _PROCEDURES, len(changed))
        alive = [code for code in codes if code in now]
        writer.replace(procedures_now, procedures_now.c.code.in_(codes), _version_rows(alive, versions, cited))
        writer.replace(cited_by, cited_by.c.procedure.in_(codes), _citing_rows(alive, versions, cited))
        digests = [{"thing": _THING, "owner": code, "inputs": now[code]} for code in alive]
        writer.replace(published_inputs, and_(published_inputs.c.thing == _THING, published_inputs.c.owner.in_(codes)), digests)
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


def _digest(several: Sequence[VersionPlace], cited: CitedByPlace) -> str:
    told = [[one.piece, one.position, int(one.rank), one.days, cited.get((one.piece, one.position), [])] for one in several]
    return hashlib.blake2b(orjson.dumps([ANSWERS_VERSION, told], option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def _version_rows(codes: Iterable[str], versions: Mapping[str, list[VersionPlace]], cited: CitedByPlace) -> Iterable[PublishedRow]:
    for code in codes:
        for day, one in judged_from(versions[code]):
            told = {"code": code, "from_day": day, "piece": one.piece, "position": one.position}
            yield {**told, "citations": cited.get((one.piece, one.position), [])}


def _citing_rows(codes: Iterable[str], versions: Mapping[str, list[VersionPlace]], cited: CitedByPlace) -> Iterable[PublishedRow]:
    """Each document and provision once for each part of a procedure that cites it, as it is cited there first."""
    for code in codes:
        newest = judged_from(versions[code])[-1][1]
        told: dict[tuple[str, str, str], str] = {}
        for one in cited.get((newest.piece, newest.position), []):
            mention = one["mention"]
            if key := one["resolution"].get("key"):
                for provision in (*mention.get("provisions", ()), *mention.get("divisions", ())) or ("",):
                    told.setdefault((key, provision, one["part"]), mention.get("role", Role.BODY.value))
        for (key, provision, part), role in told.items():
            yield {"key": key, "provision": provision, "procedure": code, "part": part, "role": role}
