"""The model as HTML: everything from a document is text, unless its tag is allowed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.html.blocks import flow_html, run_html
from deckbuild.html.looks import Look, mathjax
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Formula,
    Heading,
    Html,
    HtmlSpan,
    Image,
    Link,
    List,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Strike,
    Strong,
    Text,
)
from deckbuild.syntax.markdown import blocks
from hand_made import SPAN, paragraph, row, table, text


def inline(*content: str | AnyInline) -> str:
    """HTML of a run, in which `<…>` stands for a raw tag."""
    run: list[AnyInline] = []
    for part in content:
        if isinstance(part, str):
            run.append(HtmlSpan(SPAN, part) if part.startswith("<") else Text(SPAN, part))
        else:
            run.append(part)
    return run_html(tuple(run), Look(mathjax))


def block(*blocks: AnyBlock) -> str:
    return flow_html(blocks, Look(mathjax))


# --- the elements --------------------------------------------------------------------------------------


def test_terms_with_meanings_behind_colons_are_definitions() -> None:
    told = "Term\n:   one *a*\n: two\n  more"
    assert (
        block(*blocks(told.split("\n"), 1))
        == "<dl><dt>Term</dt><dd>one <em>a</em></dd><dd>two\nmore</dd></dl>"
    )
    wrapped = "Les couleurs de la nature que nous voyons chaque jour dans la rue\n: rouge"
    assert "<dl>" not in block(*blocks(wrapped.split("\n"), 1))


def test_inlines() -> None:
    content = text("x")
    assert inline(Strong(SPAN, content), Emphasis(SPAN, content)) == "<strong>x</strong><em>x</em>"
    assert inline(Strike(SPAN, content), Mark(SPAN, content)) == "<s>x</s><mark>x</mark>"
    assert inline("a", Break(SPAN), "b", Break(SPAN, hard=True), "c") == "a\nb<br>c"
    assert inline(CodeSpan(SPAN, "a < b"), Text(SPAN, "a & b")) == "<code>a &lt; b</code>a &amp; b"


def test_blocks() -> None:
    assert block(Heading(SPAN, 2, text("x")), Rule(SPAN)) == "<h2>x</h2>\n<hr>"
    assert block(Quote(SPAN, (paragraph("x"),))) == "<blockquote><p>x</p></blockquote>"
    item = ListItem((paragraph("x"),), SPAN)
    assert block(List(SPAN, (item, item))) == "<ul><li><p>x</p></li><li><p>x</p></li></ul>"
    assert block(List(SPAN, (item,), 3)) == '<ol start="3"><li><p>x</p></li></ol>'


def test_tables_scroll_in_a_box_of_their_own() -> None:
    body = "<tbody><tr><td>b</td></tr></tbody></table></div>"
    head = "<thead><tr><th>a</th></tr></thead>"
    assert block(table(row("a"), row("b"))) == f'<div class="tw"><table>{head}{body}'
    assert block(Html(SPAN, "<table><tr><td>b")) == f'<div class="tw"><table>{body}'


def test_code_of_a_known_language_is_coloured() -> None:
    assert block(CodeBlock(SPAN, "def f(): # x\n", "python")) == (
        '<div class="hl"><pre><code><span class="k">def</span> <span class="f">f</span>(): '
        '<span class="c"># x</span></code></pre></div>'
    )


def test_the_last_line_of_code_is_coloured_as_all_others() -> None:
    assert '<span class="s">+ new</span></code>' in block(CodeBlock(SPAN, "- old\n+ new", "diff"))


@pytest.mark.parametrize("language", ["", "no-such-language", "{.python}"])
def test_code_of_an_unknown_language_is_plain(language: str) -> None:
    assert block(CodeBlock(SPAN, "\nif a < b:\n", language)) == (
        '<div class="hl"><pre><code>if a &lt; b:</code></pre></div>'
    )


@pytest.mark.parametrize(
    "url", ["https://example.org/?a=1&b=2", "HTTP://example.org", "mailto:a@example.org"]
)
def test_links_into_the_web_are_kept(url: str) -> None:
    shown = url.replace("&", "&amp;")
    assert inline(Link(SPAN, text("x"), url)) == f'<a href="{shown}">x</a>'


@pytest.mark.parametrize(
    "url", ["#x", "x.md", "//x.org", "file:///x", "javascript:alert(1)", "https://x y", ""]
)
def test_other_links_become_their_text(url: str) -> None:
    assert inline(Link(SPAN, text("x"), url)) == "x"
    assert inline(f'<a href="{url}">', "x", "</a>") == "<a>x</a>"


@pytest.mark.parametrize("code", ["x = 1\n" * 1000, "x" * 500, "x = 1" + " \n" * 20 + "y"])
def test_code_that_would_take_long_to_colour_is_plain(code: str) -> None:
    assert "<span" not in block(CodeBlock(SPAN, code, "python"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("figures/a%20tree.png", "a tree.png"),
        ("C:\\x\\tree.png", "tree.png"),
        ("https://example.org/tree.png?raw=1#top", "tree.png"),
        ("data:text/plain,x", "image"),
        ("[sound:x", "&#91;sound:x"),
    ],
)
def test_a_missing_image_shows_its_text_or_the_name_of_its_file(url: str, name: str) -> None:
    shown = f'<span class="missing">[{name}]</span>'
    assert inline(Image(SPAN, " ", url)) == shown
    assert inline(f'<img src="{url}">') == shown
    assert inline(Image(SPAN, "a < b", url)) == '<span class="missing">a &lt; b</span>'


def test_no_line_parts_a_formula_from_its_brackets_and_stops() -> None:
    x = Formula(SPAN, "x", "x", False)
    tied = r'<span class="tied">(\(x\)),</span>'
    assert inline(Text(SPAN, "for ("), x, Text(SPAN, "), that")) == f"for {tied} that"
    assert inline(Text(SPAN, "((((("), x) == r'((<span class="tied">(((\(x\)</span>'
    assert inline(x, Text(SPAN, " and "), x) == r"\(x\) and \(x\)"
    assert inline(Text(SPAN, "("), CodeSpan(SPAN, "x"), Text(SPAN, ")")) == "(<code>x</code>)"


def test_a_wide_formula_still_goes_on_in_the_next_line_where_brackets_or_stops_are_tied_to_it() -> None:
    tex = "LongName(a, b) = first(a, b, c) = second(c, d, e)"
    wide = Formula(SPAN, tex, tex, False)
    first, last = r"\(LongName(a, b) = first(a, b, c)\)", r"\({}= second(c, d, e)\)"
    assert inline(wide, Text(SPAN, ".")) == rf'{first} <span class="tied">{last}.</span>'
    assert inline(Text(SPAN, "("), wide, Text(SPAN, ")")) == (
        rf'<span class="tied">({first}</span> <span class="tied">{last})</span>'
    )


def test_code_without_text_is_not_shown() -> None:
    assert block(CodeBlock(SPAN, " \n", "python"), paragraph("x")) == "<p>x</p>"


# --- formulas ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("a<b>c & d", r"\(a\lt b\gt c &amp; d\)"),
        (r"\frac{a_{i}}{b}", r"\(\frac{a_{i} }{b}\)"),
        ("{{{x}}}", r"\({{{x} } }\)"),
        (r"a\>b", r"\(a\&gt;b\)"),
        ("[latex]", r"\(&#91;latex]\)"),
    ],
)
def test_formulas_for_mathjax(tex: str, shown: str) -> None:
    assert mathjax(Formula(SPAN, "", tex)) == shown


def test_display_formulas_stand_by_themselves() -> None:
    assert block(Formula(SPAN, "x", "x", display=True)) == r'<div class="formula">\[x\]</div>'


def test_a_formula_without_latex_keeps_its_characters() -> None:
    assert mathjax(Formula(SPAN, "a <→ b")) == '<code class="math-raw">a &lt;→ b</code>'


def test_a_renderers_html_is_not_touched_beside_raw_tags() -> None:
    svg = '<svg onload="x">[latex]</svg>'
    formula = Formula(SPAN, "x")
    assert run_html((HtmlSpan(SPAN, "<b>"), formula), Look(lambda _: svg)) == f"<b>{svg}</b>"


# --- what a document can't do --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "directive", ["[latex]", "[/latex]", "[$]", "[$$]", "[sound:x]", "[anki:tts]", "[[type:x]]"]
)
def test_directives_of_anki_stay_text(directive: str) -> None:
    shown = "&#91;" + directive[1:]
    assert inline(directive) == shown
    assert inline("[", directive[1:]) == shown
    assert inline("[", "<!-- -->", directive[1:]) == shown
    assert block(CodeBlock(SPAN, directive)) == f'<div class="hl"><pre><code>{shown}</code></pre></div>'
    assert block(Html(SPAN, f"<p>&#91;{directive[1:]}</p>")) == f"<p>{shown}</p>"


def test_brackets_after_a_backslash_start_no_mathematics() -> None:
    assert inline(r"\(x\) \[y\]") == r"<span>\</span>(x\) <span>\</span>[y\]"


def test_control_characters_become_visible() -> None:
    assert inline("a\x1fb\x02" + "0\x03") == "a\ufffdb\ufffd0\ufffd"
    assert block(Html(SPAN, "<p>\x020\x03</p>")) == "<p>\ufffd0\ufffd</p>"


def test_allowed_tags_of_a_run_are_balanced() -> None:
    assert (
        inline("H", "<sub>", "2", "</sub>", "O ", "<kbd onclick='x'>", "y") == "H<sub>2</sub>O <kbd>y</kbd>"
    )
    assert (
        inline("x", "</b>", Strong(SPAN, (HtmlSpan(SPAN, "<i>"), Text(SPAN, "y"))))
        == "x<strong><i>y</i></strong>"
    )


def test_what_only_looks_like_a_tag_is_text() -> None:
    assert inline("List", "<int>", " ", "<script>") == "List&lt;int&gt; &lt;script&gt;"
    assert block(Html(SPAN, "<p>1 <2 and <T></p>")) == "<p>1 &lt;2 and &lt;T&gt;</p>"


def test_pages_inside_the_page_are_links() -> None:
    video = Html(SPAN, '<iframe width="9" src="//video.example.org/a?b=1&amp;c"></iframe>')
    address = "https://video.example.org/a?b=1&amp;c"
    assert block(video) == f'<a href="{address}">{address}</a>'
    assert inline("see ", '<embed src="tide.swf">', "!") == "see tide.swf!"
    assert block(Html(SPAN, '<iframe src="javascript:x()"></iframe>')) == "javascript:x()"


def test_markup_without_text_of_its_own_goes_without_a_trace() -> None:
    assert inline("<!-- x -->", "a", "<img onerror=y>", "<font color=red>", "b", "</font>") == "ab"
    assert block(Html(SPAN, "<style>p{}</style><script>x</script>"), paragraph("y")) == "<p>y</p>"


@pytest.mark.parametrize(
    "sign", ["&#2;", "&#02", "&#X2;", "&#x00000000000002;", "&#31;", "&#x1F;", "&#127;", "\x02"]
)
def test_no_number_of_a_character_becomes_a_sign_of_ours(sign: str) -> None:
    shown = inline("<b>", f"<i>{sign}n&#3;</i>", "</b>", Formula(SPAN, "x", "x", False))
    assert not set(shown) & {chr(code) for code in (*range(32), 127)}
    assert shown.startswith("<b><i>\ufffdn\ufffd</i></b>")
    assert inline("<b>&#9;&#10;&#200;&#x20;</b>") == "<b>\t\n\u00c8 </b>"


def test_elements_that_stand_by_themselves_still_do() -> None:
    assert block(Html(SPAN, "<ARTICLE class=x>a</article><center>b</center>")) == "<div>a</div><div>b</div>"


def test_raw_blocks_may_enclose_others() -> None:
    html = block(Html(SPAN, "<details><summary>s</summary>"), CodeBlock(SPAN, "x"), Html(SPAN, "</details>"))
    assert html == (
        '<details><summary>s</summary>\n<div class="hl"><pre><code>x</code></pre></div>\n</details>'
    )


def test_of_too_many_tags_the_text_is_left() -> None:
    assert block(Html(SPAN, "<div>" * 5000 + "<x>"), paragraph("y")) == "&lt;x&gt;\n<p>y</p>"
    assert "one\n\ntwo" in block(Html(SPAN, "<p><b>one</b></p>" * 2000 + "<p>o<b>ne</b></p><p>two"))


PIECES = st.sampled_from(
    [
        *(
            "<b>",
            "</b>",
            "<a href='",
            "<a href='https:",
            "'>",
            '">',
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<table>",
        ),
        *(
            "<td>",
            "<pre>",
            "<svg onload=x>",
            "<p onclick=x>",
            "<plaintext>",
            "<textarea>",
            "<style>",
            "<select>",
        ),
        *(
            "<template>",
            "<math>",
            "</p>",
            "<br/>",
            "<a href=javascript:x>",
            "<img src=x onerror=y>",
            "&lt;",
            "x",
            "<",
        ),
    ]
)


class _Tags(HTMLParser):
    """Collects what a browser would act on, and checks that each element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {
            "script",
            "style",
            "img",
            "svg",
            "math",
            "textarea",
            "template",
            "plaintext",
            "select",
        }
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.lists(st.one_of(st.none(), PIECES), max_size=12))
def test_nothing_breaks_out_and_nothing_is_lost(pieces: list[str | None]) -> None:
    link = Link(SPAN, text("y"), "https://x/onmouseover=z")
    paragraph = Paragraph(SPAN, (link, HtmlSpan(SPAN, "<i>"), Formula(SPAN, "", "x")))
    html = block(*(paragraph if raw is None else Html(SPAN, raw) for raw in pieces))
    tags = _Tags()
    tags.feed(html)
    tags.close()
    assert not tags.open
    assert tags.attributes <= {"href", "class"}
    assert html.count(r"<i>\(x\)</i></p>") == pieces.count(None)
    assert not re.search("[\x02\x03]", html)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "> [!tip] *Rule* of thumb\n> Count twice.\n>\n> - once",
            '<div class="callout"><p class="callout-title"><em>Rule</em> of thumb</p><p>Count twice.</p>\n'
            "<ul><li><p>once</p></li></ul></div>",
        ),
        (
            "> [!WARNING]\n> Hot.",
            '<div class="callout warning"><p class="callout-title">Warning</p><p>Hot.</p></div>',
        ),
        ("> [!my-idea|wide]", '<div class="callout"><p class="callout-title">My idea</p></div>'),
        (
            "> [!example]- Shut\n> Deep.\n> > [!note]\n> > Deeper.",
            '<details class="callout"><summary>Shut</summary><p>Deep.</p>\n<div class="callout">'
            '<p class="callout-title">Note</p><p>Deeper.</p></div></details>',
        ),
        ("> [!] is no callout", "<blockquote><p>[!] is no callout</p></blockquote>"),
        (
            "> **Note**\n> Old.",
            '<div class="callout"><p class="callout-title">Note</p><p>Old.</p></div>',
        ),
        ("> **Note** well", "<blockquote><p><strong>Note</strong> well</p></blockquote>"),
        (
            ":::tip Rule of *thumb*\nCount twice.\n\n- once\n:::",
            '<div class="callout"><p class="callout-title">Rule of <em>thumb</em></p><p>Count twice.</p>\n'
            "<ul><li><p>once</p></li></ul></div>",
        ),
        (
            ":::: warning\nHot.\n:::info[Inside]\n```\n:::\n```\n:::\n::::\nBehind.",
            '<div class="callout warning"><p class="callout-title">Warning</p><p>Hot.</p>\n'
            '<div class="callout"><p class="callout-title">Inside</p>'
            '<div class="hl"><pre><code>:::</code></pre></div></div></div>\n<p>Behind.</p>',
        ),
        (
            '::: {.callout-note collapse="true"}\n## Shut\nDeep.\n:::',
            '<details class="callout"><summary>Shut</summary><p>Deep.</p></details>',
        ),
        (
            ":::{admonition} Rule\n:class: tip\nCount.\n:::",
            '<div class="callout"><p class="callout-title">Rule</p><p>Count.</p></div>',
        ),
        (
            '!!! danger "Hot"\n    One.\n\n    Two.\n\nBehind.',
            '<div class="callout warning"><p class="callout-title">Hot</p><p>One.</p>\n<p>Two.</p></div>\n'
            "<p>Behind.</p>",
        ),
        (
            "- item\n\n  ??? note\n      Deep.",
            '<ul><li><p>item</p>\n<details class="callout"><summary>Note</summary><p>Deep.</p></details></li></ul>',
        ),
        ("::: columns\ntext\n:::", "<p>::: columns\ntext\n:::</p>"),
        (":::note\nnever closed", "<p>:::note\nnever closed</p>"),
        ("!!! wow\n    what", "<p>!!! wow\nwhat</p>"),
    ],
)
def test_callouts_are_boxes_with_their_title(source: str, html: str) -> None:
    assert flow_html(blocks(source.split("\n")), Look(mathjax)) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "Light bends[^a], and bends[^b] again[^a].\n\n[^a]: In *glass*.\n[^b]: One\n\n    and two.",
            "<p>Light bends<sup>1</sup>, and bends<sup>2</sup> again<sup>1</sup>.</p>"
            '<small class="footnotes"><span><sup>1</sup> In <em>glass</em>.</span>'
            "<span><sup>2</sup> One<br>and two.</span></small>",
        ),
        (
            "- It was found^[By *two* people.].",
            "<ul><li><p>It was found<sup>1</sup>.</p></li></ul>"
            '<small class="footnotes"><span><sup>1</sup> By <em>two</em> people.</span></small>',
        ),
        (
            "No text[^1], **none**[^2], x^[2 n], or ^[a-z 0-9 abc].",
            "<p>No text<sup>[1]</sup>, <strong>none</strong><sup>[2]</sup>, x^[2 n], or ^[a-z 0-9 abc].</p>",
        ),
    ],
)
def test_footnotes_are_raised_numbers_with_their_text(source: str, html: str) -> None:
    assert flow_html(blocks(source.split("\n")), Look(mathjax)) == html


def test_boxes_of_task_lists_are_boxes() -> None:
    source = "- [ ] wash *up*\n- [x] dry\n- [y] no box\n- [X]"
    assert flow_html(blocks(source.split("\n")), Look(mathjax)) == (
        '<ul><li class="task"><p>☐ wash <em>up</em></p></li><li class="task"><p>☑ dry</p></li>'
        '<li><p>[y] no box</p></li><li class="task"><p>☑ </p></li></ul>'
    )


def test_arrows_of_reactions_and_diagrams_reach_mathjax_as_they_are() -> None:
    def shown(tex: str) -> str:
        return mathjax(Formula(SPAN, tex, tex))

    assert shown(r"\ce{N2 + 3H2 <=> 2NH3}") == r"\(\ce{N2 + 3H2 &lt;=&gt; 2NH3}\)"
    assert shown(r"\begin{CD} A @>a>> B \end{CD}") == r"\(\begin{CD} A @&gt;a&gt;&gt; B \end{CD}\)"
    assert shown("a < b") == r"\(a \lt  b\)"
