"""Which elements of a page nobody sees, or sees struck out, and which are raised: by their own tag, attributes and style.

Only what stands on the element itself is asked, never a style sheet. White letters are unseen where no background of their own is told.
"""

from __future__ import annotations

import re

from lxml import html

_STRUCK = frozenset(["s", "strike", "del"])
_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%|\s|;|!|$)"
    r"|mso-hide\s*:\s*all|text-decoration(?:-line)?\s*:[^;]*line-through"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{4,})"
)
_WHITE = re.compile(r"(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\b)")
_GROUND = re.compile(r"(?:^|;)\s*(?:background|mso-shading|mso-highlight)")
_RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*(?:super|[1-9])")


def unseen(node: html.HtmlElement) -> bool:
    """Whether an element's content is shown to nobody, or struck out."""
    if node.tag in _STRUCK or node.get("hidden") is not None:
        return True
    style = (node.get("style") or "").lower()
    if style and _UNSEEN.search(style):
        return True
    white = bool(style and _WHITE.search(style)) or (
        node.tag == "font" and (node.get("color") or "").lower() in ("white", "#fff", "#ffffff")
    )
    return white and not any(_coloured(one) for one in (node, *node.iterancestors()))


def _coloured(node: html.HtmlElement) -> bool:
    """Whether an element may have a background of its own: by its style, or by a class whose style is not known."""
    return bool(node.get("class") or node.get("bgcolor") or node.get("background") or _GROUND.search((node.get("style") or "").lower()))


def raised(node: html.HtmlElement) -> bool:
    """Whether an element's content is set above the line."""
    if node.tag == "sup":
        return True
    return node.tag in ("span", "font", "a", "small") and bool(_RAISED.search((node.get("style") or "").lower()))
