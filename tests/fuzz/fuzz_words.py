"""What is typed and put in: texts that numbers, dates and codes are not, and pieces of formats."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape

TEXTS = (
    *("", " ", "0", "-1", "-0", "+5", "1,5", "1.5", "1.000,5", "1,000.5", "1 000", "1_000", "0x10"),
    *(
        "1e9",
        "1e309",
        "1e-400",
        "1e999999999",
        "-1e999999999",
        "1E+99999999",
        "9" * 30,
        "9" * 5_000,
    ),
    *("0." + "0" * 400 + "1", "922337203685477.5807", "922337203685477.5808", "9007199254740993"),
    *(
        "NaN",
        "inf",
        "-Infinity",
        "1/3",
        "1/0",
        "7/9",
        "50%",
        "100 %",
        "٣",
        "１２",
        "²",
        "½",
        "𝟙",
        "①",
    ),
    *("31/02/2024", "29/02/2023", "2024-13-45", "2024-02-30", "0000-00-00", "9999-12-31", "1/1/1"),
    *("31/12/2024", "2024-01-31", "45291", "24:61", "2024-01-01 00:00:00", "10000-01-01"),
    *("true", "TRUE", "có", "Không", "x", "yes", "na", "NA", "reduced", "replaced", "ordinary"),
    *("=1+1", "'=1", "@SUM(A1)", "-", "+", ".", ",", ";", '"', '""', "'", "\\", "\n", "\r\n", "\t"),
    *("\u0301", "Điểm tối đa".encode().decode(), "Đie\u0302\u0309m", "\ufeff", "\u202e", "\u200b"),
    *(
        "\u2028",
        "\x85",
        "\xa0",
        "\u3000",
        "\x00",
        "\x1b[31m",
        "\x7f",
        "\ud800",
        "\ufffe",
        "\U0010ffff",
    ),
    *("{", "}", "{unit}", "{0}", "{x!r}", "%s%n", "$x", "a" * 40_000, "ả" * 3_000, "[b]", "[/]"),
    *(
        "I",
        "1",
        "1.1",
        "1.1.1",
        "I.1",
        "XA-1",
        "hue-1",
        "xa",
        "Xã",
        "HUYỆN",
        "../../x",
        "a/b",
        "CON",
    ),
)

PIECES = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc3",
        b"\xf4\x90\x80\x80",
        b'"',
        b"\n",
    ),
    *(b"\r", b"\r\n", b",", b";", b"PK\x03\x04", b"PK\x05\x06", b"PAR1", b"{", b"\xd0\xcf\x11\xe0"),
    *(b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"<c>", b"</row>", b"&#0;", b"&a;", b"'", b"\x1a"),
)

XML_PIECES = (
    *(
        b"",
        b"0",
        b"-1",
        b"1e999",
        b"4294967296",
        b"99999999999999999999",
        b"XFD1048576",
        b"A1:XFD9",
    ),
    *(b"NaN", b"A0", b"1A", b"rId999", b"&amp;", b"&#x0;", b"&#55296;", b"&#1114112;", b"&a;"),
    *(
        b"<c>",
        b"</c>",
        b"<v>",
        b"<row>",
        b"<is><t>a</t></is>",
        b"<!--",
        b"-->",
        b"<?x",
        b"<![CDATA[",
    ),
    *(
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<c r="A1" t="s"><v>99999</v></c>',
    ),
    *(b"xml:space", b'" a="', b"shared", b"e", b"str", b"inlineStr", b"d", b"b", b"array", b"\xc3"),
)


def as_cell(random: Random, place: bytes) -> bytes:
    """Write a cell of a sheet that holds something else, of any type that there is."""
    words = random.choice(TEXTS)
    kept = "".join(each for each in words if each.isprintable() or each in "\n\t")
    text = escape(kept.encode("utf-8", "replace").decode()).encode()
    days = random.choice((b"1", b"45291.5", b"-1", b"2958466", b"1e300", b"60"))
    return b'<c r="%b"' % place + random.choice(
        (
            b"><v>%b</v></c>" % random.choice(NUMBERS),
            b' t="b"><v>%d</v></c>' % random.randrange(3),
            b' t="e"><v>#DIV/0!</v></c>',
            b' t="s"><v>%d</v></c>' % random.choice((0, 1, 5, 9, 99_999)),
            b' t="d"><v>%b</v></c>' % text,
            b' t="str"><f>1/0</f><v>%b</v></c>' % text,
            b' s="%d"><v>%b</v></c>' % (random.randrange(40), days),
            b' t="inlineStr"><is><t>%b</t></is></c>' % text,
        )
    )


NUMBERS = (
    *(b"0", b"1", b"0.5", b"-1", b"1e308", b"-1e308", b"1e-320", b"0.1", b"12.50001", b"1e15"),
    *(
        b"922337203685477.6",
        b"1e400",
        b"nan",
        b"inf",
        b"45291",
        b"45291.25",
        b"3.00000000000001",
        b"",
    ),
)
