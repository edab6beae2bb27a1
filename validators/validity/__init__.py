"""Validity: effects → intervals; the status of a document or provision on a day, as known on a day.

Building the graph from stored records (iterables are read once, so database cursors will do):

    graph = ValidityGraph(
        documents=store.documents(),        # rasoat.records.LegalDocument
        observations=store.observations(),  # rasoat.records.Observation: dates stated, statuses claimed
        effects=store.effects(),            # rasoat.records.Effect, targets already document keys
        editions=[Edition(date(2026, 2, 23), standing={key: {title_id}}, titles=ids, shells=empty_ids)],
        containers={(key, "dieu-7"): "chuong-II/muc-1"},
    )
    graph.extend(effects=new_effects)                       # a daily run adds what is new
    verdict = graph.status(key, "dieu-12/khoan-1", date(2026, 6, 10))
    verdict = graph.status(key, None, date(2026, 6, 10), known_at=date(2026, 6, 10))
    picture = timeline_svg(GraphAnswers(graph), key, date(2026, 6, 10))

Answers are pure functions of the facts and the question; caches inside never change them.
"""

from validators.validity.answers import GraphAnswers
from validators.validity.graph import ValidityGraph
from validators.validity.timeline import timeline_svg
from validators.validity.validity_facts import Edition

__all__ = ["Edition", "GraphAnswers", "ValidityGraph", "timeline_svg"]
