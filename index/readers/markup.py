"""Markup: the text of a piece of HTML."""

_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "br")
_UNSEEN = ("script", "style", "title", "head")


def text_of(markup: str) -> str:
    """The text of HTML, a paragraph to each of its blocks."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html

    tree = html.fragment_fromstring(markup, create_parent="div")
    for element in tree.iter(*_UNSEEN):
        element.text = None
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n\n".join(filter(None, lines))
