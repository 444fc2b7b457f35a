"""Read the bytes of a source as text, or say why they are none."""

import codecs
import re
from pathlib import Path

from digest.content import MAX_BYTES
from digest.errors import ArticleError
from digest.files import read_file

__all__ = ["decode_source", "load_source"]

MAX_LINE = 200_000
"""Characters; a longer line in plain text or Markdown is no prose."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSETS = frozenset(codecs.lookup(name).name for name in (  # noqa: SIM905 - names in a row read better
    "ascii latin-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 "
    "iso8859-15 iso8859-16 cp866 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u mac-roman mac-cyrillic "
    "tis-620 gbk gb2312 gb18030 big5 big5hkscs euc-jp iso2022_jp shift_jis cp932 euc-kr cp949 utf-8 utf-16 utf-16-le utf-16-be").split())
"""Those that pages are written in (WHATWG's list); Python knows others, that need time or raise."""
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROLS = 0.1
_SAMPLE = 20_000
"""Characters that are looked at for controls."""


def load_source(path: Path, *, html: bool) -> str:
    """Return the text of a file.

    Raises:
        ArticleError: it cannot be read, is empty, too large, or no text.
    """
    try:
        raw = read_file(path, MAX_BYTES)
    except FileNotFoundError as error:
        raise ArticleError(path, "no such file; expected a file, a folder, or an address that begins with https:// or http://") from error
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise ArticleError(path, f"cannot be read: {error}") from error
    if len(raw) > MAX_BYTES:
        raise ArticleError(path, f"larger than {MAX_BYTES // 1_000_000} MB; an article is text")
    return decode_source(raw, path, html=html)


def decode_source(raw: bytes, path: Path, *, html: bool, charset: str | None = None) -> str:
    """Return bytes as text: by their mark, as UTF-8, by what a page or its server declares, or by what fits best.

    Raises:
        ArticleError: they are empty or no text.
    """
    text = _decode(raw, charset, html=html)
    if text is None and not raw.count(0):
        raise ArticleError(path, "its characters are written neither in UTF-8 nor in another way that can be told; save it as UTF-8")
    if text is None or _is_binary(text, html=html):
        raise ArticleError(path, "not text; expected plain text, HTML or Markdown")
    if not text.strip():
        raise ArticleError(path, "empty; expected an article's text")
    if not html and any(len(line) > MAX_LINE for line in text.splitlines()):
        raise ArticleError(path, f"a line of more than {MAX_LINE // 1_000} kB; an article has lines and paragraphs")
    return text


def _decode(raw: bytes, charset: str | None, *, html: bool) -> str | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return (_declared(raw, charset) if html else None) or _best_guess(raw)


def _declared(raw: bytes, charset: str | None) -> str | None:
    found = _META_CHARSET.search(raw[:4_096])
    for name in (charset, found[1].decode("ascii") if found else None):
        try:
            if name and codecs.lookup(name).name in _CHARSETS:
                return raw.decode(name, "replace")
        except (LookupError, ValueError):
            continue
    return None


def _best_guess(raw: bytes) -> str | None:
    """Return UTF-8 where only a few bytes are broken, else what charset_normalizer finds."""
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") * 4 < sum(c > "\x7f" for c in text):
        return text
    if raw.count(0):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    return raw.decode(best.encoding, "replace") if best else None


def _is_binary(text: str, *, html: bool) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample) or ("\0" in text and not html)
