"""What the packed streams of a PDF unfold to, counted before any library unfolds them whole: a few million bytes can become gigabytes.

Streams are found by their marker, not by the file's own table, which a hostile file writes as it likes. Work is linear in the file:
streams that lie in one another are counted once each, and a file that has more to unfold than it can hold is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

from extractors.formats.extracted_text import UnreadableError

STREAM_LIMIT = 40_000_000  # bytes of a page's content; a map drawn in lines has a few million
PICTURE_LIMIT = 150_000_000  # bytes of one picture's points; an A4 page in colour at 600 dpi has 105 million
_MARK = re.compile(rb"(?<!end)stream(?:\r\n|\r|\n)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]{0,400})\]?|(/[^\s/<>\[\]()]{1,40})|(\d{1,10}\s+\d{1,5}\s+R))")
_NAME = re.compile(rb"/([^\s/<>\[\]()]{1,40})")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DICTIONARY = 1500  # bytes before a stream within which its dictionary stands
_FIRST, _STEP = 1 << 13, 1 << 20
_SMALL = 1 << 15
_LAYERS = 8
_GUESSED = 4  # layers taken off where the dictionary does not say which there are
_SLOW = 4_000_000  # bytes of packing that only Python unfolds, looked at
_TIMES, _LEAST = 3, 10_000_000  # what may be read of all streams together, in times the file


Layer = Callable[[Iterator[bytes]], Iterator[bytes]]


def check_streams(data: bytes) -> None:
    """Every packed stream unfolds, layer by layer, to no more than its kind may; nothing is kept of what unfolds.

    Raises:
        UnreadableError: one unfolds past the limit, or they lie in one another.
    """
    left = _TIMES * len(data) + _LEAST
    at = end = 0
    while found := _MARK.search(data, at):
        dictionary = data[max(found.start() - _DICTIONARY, at) : found.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        limit = PICTURE_LIMIT if _PICTURE.search(dictionary) else STREAM_LIMIT
        names = _layers(dictionary)
        if end < found.end():
            end = data.find(b"endstream", found.end())
            end = end if end >= 0 else len(data)
        # zlib's data says itself where it ends, and the marker might stand in it.
        packed = _Portions(data, found.end(), len(data) if names is None or names[:1] in ([b"FlateDecode"], [b"Fl"]) else end)
        _unfold(packed, names, limit)
        left -= packed.given
        if left < 0:
            raise UnreadableError("pdf.streams")
        at = found.end()


class _Portions:
    """The bytes from a place on, in growing portions, and how many were given: most streams are small."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data, self._at, self._end, self._step, self.given = data, start, end, _FIRST, 0

    def __iter__(self) -> Iterator[bytes]:
        while portion := self._data[self._at : min(self._at + self._step, self._end)]:
            self._at, self.given = self._at + len(portion), self.given + len(portion)
            self._step = min(self._step * 4, _STEP)
            yield portion


def _layers(dictionary: bytes) -> list[bytes] | None:
    """The names of the layers, outermost first; None where the dictionary does not say."""
    found = max(_FILTER.finditer(dictionary), key=lambda one: one.start(), default=None)
    if found is None or found[3]:
        return None
    names = [_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(found[1] or found[2] or b"")]
    if len(names) > _LAYERS:
        raise UnreadableError("pdf.streams")
    return names


def _unfold(packed: _Portions, names: list[bytes] | None, limit: int) -> None:
    """Take the layers off, one after another, as far as they are known."""
    flow: Iterator[bytes] = iter(packed)
    if names is None:
        flow = _guessed(flow, limit)
    elif names and names[0] in _BY_NAME:
        for name in names:
            if name not in _BY_NAME:
                break  # a picture's own packing, whose size its dictionary says
            flow = _counted(_BY_NAME[name](flow), limit)
    else:
        return
    for _ in flow:
        pass


def _guessed(flow: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """What is left when the layers that the data itself shows are taken off; the outermost is zlib's, for text shows nothing."""
    for depth in range(_GUESSED):
        first = next(flow, b"")
        layer, flow = _guess(first), _again(first, flow)
        if layer is None or (depth == 0 and layer is not _flate):
            return flow if depth else iter(())
        flow = _counted(layer(flow), limit)
    return flow


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _counted(flow: Iterator[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for portion in flow:
        total += len(portion)
        if total > limit:
            raise UnreadableError("pdf.unfolds", limit=limit)
        yield portion


def _guess(first: bytes) -> Layer | None:
    """What packed data that begins so is packed in: every header that zlib knows, or one of the two ways to write bytes in letters."""
    if len(first) > 1 and first[0] & 15 == 8 and first[0] >> 4 < 8 and (first[0] << 8 | first[1]) % 31 == 0:
        return _flate
    head = first[:200]
    if head and not head.strip(b"0123456789abcdefABCDEF \t\r\n>"):
        return _hexadecimal
    if head and all(33 <= sign <= 117 or sign in b"z~ \t\r\n" for sign in head):
        return _base85
    return None


def _flate(flow: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for portion in flow:
        waiting = portion
        while waiting and not unpacker.eof:
            try:
                out = unpacker.decompress(waiting, _STEP)
            except zlib.error:
                return  # other data, or a damaged stream: the reader will say so
            waiting = unpacker.unconsumed_tail
            yield out
        if unpacker.eof:
            return


def _hexadecimal(flow: Iterator[bytes]) -> Iterator[bytes]:
    odd = b""
    for portion in flow:
        body, end, _ = portion.partition(b">")
        digits = odd + body.translate(None, b" \t\r\n\x00\x0c")
        odd = digits[-1:] if len(digits) % 2 else b""
        try:
            yield bytes.fromhex(digits[: len(digits) - len(odd)].decode("ascii", "replace"))
        except ValueError:
            return
        if end:
            return


def _base85(flow: Iterator[bytes]) -> Iterator[bytes]:
    import numpy as np  # only where a stream is written so

    powers = np.array([85**4, 85**3, 85**2, 85, 1], dtype=np.uint64)
    odd = b""
    for portion in flow:
        body, end, _ = portion.partition(b"~")
        signs = odd + body.translate(None, b" \t\r\n\x00\x0c").replace(b"z", b"!!!!!")
        whole = len(signs) // 5 * 5
        odd = signs[whole:]
        values = (np.frombuffer(signs[:whole], dtype=np.uint8).reshape(-1, 5).astype(np.uint64) - 33) @ powers
        yield values.astype(np.uint32).astype(">u4").tobytes()
        if end:
            break
    if len(odd) > 1:
        padded = (odd + b"uuuu")[:5]
        value = sum((sign - 33) * int(power) for sign, power in zip(padded, powers, strict=True)) & 0xFFFFFFFF
        yield value.to_bytes(4, "big")[: len(odd) - 1]


def _run_length(flow: Iterator[bytes]) -> Iterator[bytes]:
    signs = b""
    for portion in _at_most(flow, _SLOW):
        signs += portion
        at, out = 0, list[bytes]()
        while at < len(signs):
            length = signs[at]
            if length == 128:
                yield b"".join(out)
                return
            needed = 2 if length > 128 else length + 2
            if at + needed > len(signs):
                break
            out.append(signs[at + 1 : at + 2] * (257 - length) if length > 128 else signs[at + 1 : at + needed])
            at += needed
        signs = signs[at:]
        yield b"".join(out)


def _lzw(flow: Iterator[bytes]) -> Iterator[bytes]:
    """Only how much unfolds is told, and as zeros: nothing is looked for inside a layer that no writer of today uses."""
    lengths: list[int] = []
    bits = held = total = 0
    width, before = 9, 0
    for portion in _at_most(flow, _SLOW):
        for sign in portion:
            held, bits = (held << 8 | sign) & 0xFFFFFF, bits + 8
            if bits < width:
                continue
            bits -= width
            code = held >> bits & ((1 << width) - 1)
            if code == 257:
                yield bytes(min(total, PICTURE_LIMIT + 1))
                return
            if code == 256:
                lengths, width, before = [], 9, 0
                continue
            size = 1 if code < 256 else lengths[code - 258] if code - 258 < len(lengths) else before + 1
            total += size
            if before and len(lengths) < 3838:
                lengths.append(before + 1)
                width = 9 + (len(lengths) >= 253) + (len(lengths) >= 765) + (len(lengths) >= 1789)
            before = size
        while total > 0:
            given = min(total, _STEP)
            total -= given
            yield bytes(given)


def _at_most(flow: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Small portions, each of which unfolds to a few million bytes at most."""
    for portion in flow:
        for start in range(0, min(len(portion), count), _SMALL):
            yield portion[start : min(start + _SMALL, count)]
        count -= len(portion)
        if count <= 0:
            return


_BY_NAME: dict[bytes, Layer] = {
    b"FlateDecode": _flate, b"Fl": _flate, b"ASCIIHexDecode": _hexadecimal, b"AHx": _hexadecimal, b"ASCII85Decode": _base85,
    b"A85": _base85, b"RunLengthDecode": _run_length, b"RL": _run_length, b"LZWDecode": _lzw, b"LZW": _lzw,
}  # fmt: skip
