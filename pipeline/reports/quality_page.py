"""The verdict as one static page: Vietnamese first, opens without a network, nothing in it leads outside.

Our own page instead of the library's Data Docs, which fetch styles and scripts from other hosts and leave out the rows of
the queries that failed. Colours keep a contrast of at least 4.5 to 1 in light and dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from rasoat.odd_characters import fit_for_xml
from rasoat.words import STATE, day, number
from validators.quality.expectation import Expectation, GateTier
from validators.quality.verdict import Broken, GateVerdict

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#767676;--soft:#f2f2f2;--bad:#a3000b;--warn:#6b4a00;--good:#0b5d1e}
@media (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#161616;--line:#999;--soft:#262626;--bad:#ff9a9a;--warn:#ffd27d;--good:#8ee0a0}}
body{font:1rem/1.5 system-ui,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper);max-width:75rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1.05rem;margin-bottom:.25rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}caption{text-align:left;padding:.25rem 0}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--soft)}td.n,th.n{text-align:right}code{font-size:.9em}
.fail{color:var(--bad);font-weight:bold}.warn{color:var(--warn);font-weight:bold}.pass{color:var(--good);font-weight:bold}
a{color:inherit}a:focus,.scroll:focus{outline:3px solid currentColor;outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
"""
_TIER = {GateTier.FAIL: "Chặn công bố", GateTier.WARN: "Cần xem lại"}


def write_page(path: Path, verdict: GateVerdict, asked: Sequence[Expectation], states: Mapping[str, str]) -> Path:
    """Write the page; the folder is made where it is missing. `states` are people's decisions by fingerprint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fit_for_xml(page(verdict, asked, states)), encoding="utf-8")
    return path


def page(verdict: GateVerdict, asked: Sequence[Expectation], states: Mapping[str, str]) -> str:
    """The page as HTML."""
    title = f"Cổng chất lượng, ngày {day(verdict.as_of)}"
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · Rà Soát</title><style>{_STYLE}</style></head><body>"
        f'<a class="skip" href="#main">Tới nội dung chính</a><header><h1>{title}</h1>{_summary(verdict)}</header><main id="main">'
        f"{_broken_part('fail', 'Chặn công bố', verdict.failed, states)}{_broken_part('warn', 'Cần xem lại', verdict.warned, states)}"
        f"{_suites(verdict, asked)}</main></body></html>\n"
    )


def _summary(verdict: GateVerdict) -> str:
    said = '<span class="fail">CHẶN công bố</span>' if verdict.blocks else '<span class="pass">CHO PHÉP công bố</span>'
    return (
        f"<p>Kết luận: {said}. Đã đánh giá {number(verdict.evaluated)} trên {number(verdict.expected)} kỳ vọng: "
        f"{number(len(verdict.failed))} hỏng, {number(len(verdict.warned))} cần xem lại.</p>"
        '<p lang="en">'
        f"{'Publication is stopped; the last good index stays.' if verdict.blocks else 'Publication may go on.'} "
        f"{verdict.evaluated} of {verdict.expected} expectations evaluated, {len(verdict.failed)} failed, {len(verdict.warned)} to review.</p>"
        f"{_what_now(verdict)}"
    )


def _what_now(verdict: GateVerdict) -> str:
    """What whoever is called at night does next."""
    if not verdict.blocks:
        return ""
    return (
        "<p>Việc cần làm: xem các dòng hỏng dưới đây, sửa nguồn hoặc cách đọc rồi chạy lại (Airflow: <em>Clear</em> ô check_day của ngày này), "
        f"hoặc chỉ cho đánh giá lại ngày {verdict.as_of.isoformat()}.</p>"
    )


def _broken_part(name: str, title: str, items: Sequence[Broken], states: Mapping[str, str]) -> str:
    if not items:
        return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2><p>Không có.</p></section>'
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{"".join(_item(one, states) for one in items)}</section>'


def _item(one: Broken, states: Mapping[str, str]) -> str:
    state = STATE.get(states.get(one.fingerprint, "open"), STATE["open"])
    head = (
        f'<h3 id="{escape(one.check)}"><span class="{one.tier.value}">{_TIER[one.tier]}</span>: {escape(one.says)}</h3>'
        f"<p><code>{escape(one.check)}</code> · {escape(one.suite)} · {state} · mã việc <code>{one.fingerprint}</code></p>"
    )
    if one.trouble:
        head += f'<p class="fail">Không đánh giá được: {escape(one.trouble)}</p>'
    return head + _rows(one)


def _rows(one: Broken) -> str:
    if not one.rows:
        return ""
    compared = any(row.expected for row in one.rows)
    heading = "".join(f'<th scope="col">{name}</th>' for name in ("Khóa", "Cột", "Giá trị", *(("Phải là",) if compared else ())))
    body = "".join(
        f'<tr><th scope="row">{escape(row.key)}</th><td><code>{escape(one.column)}</code></td><td>{escape(row.value)}</td>'
        f"{f'<td>{escape(row.expected)}</td>' if compared else ''}</tr>"
        for row in one.rows
    )
    caption = f"{number(len(one.rows))} trên {number(one.total)} dòng không đạt"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(one.check)}"><table><caption>{caption}</caption>'
        f"<thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _suites(verdict: GateVerdict, asked: Sequence[Expectation]) -> str:
    state = {one.check: one.tier for one in verdict.broken}
    parts = []
    for at, (suite, checks) in enumerate(groupby(sorted(asked, key=lambda check: check.suite), key=lambda check: check.suite)):
        rows = "".join(_line(check, state.get(check.name)) for check in checks)
        caption = f"{number(verdict.suites.get(suite, 0))} kỳ vọng đã đánh giá"
        parts.append(
            f'<h3 id="suite-{at}">{escape(suite)}</h3><div class="scroll" role="region" tabindex="0" aria-labelledby="suite-{at}"><table>'
            f'<caption>{caption}</caption><thead><tr><th scope="col">Kỳ vọng</th><th scope="col">Mã</th>'
            f'<th scope="col">Mức</th><th scope="col">Kết quả</th></tr></thead><tbody>{rows}</tbody></table></div>'
        )
    return f'<section aria-labelledby="all"><h2 id="all">Tất cả kỳ vọng</h2>{"".join(parts)}</section>'


def _line(check: Expectation, broken: GateTier | None) -> str:
    if broken is None:
        result = '<span class="pass">đạt</span>'
    else:
        result = f'<a class="{broken.value}" href="#{escape(check.name)}">{"hỏng" if broken is GateTier.FAIL else "xem lại"}</a>'
    return (
        f'<tr><th scope="row">{escape(check.says)}</th><td><code>{escape(check.name)}</code></td>'
        f"<td>{_TIER[check.tier]}</td><td>{result}</td></tr>"
    )
