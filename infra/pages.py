"""The pages that were built work under the policy that they are served with: `pages.py` after `make pages`.

That policy (PagesHeaders in infra/template.yaml) lets a page load scripts and styles from its own origin, and nothing inline:
what breaks it would only be seen in a browser, as a page that stays white.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

PAGES = "frontend/apps/*/dist/**/*.html"
# Where an element loads something from, or leads to.
LOADS = {"action", "background", "data", "formaction", "href", "poster", "src", "srcset"}
# What a browser only follows when somebody asks for it.
LINKS = {"a", "area"}
FORBIDDEN = {"base", "embed", "form", "frame", "iframe", "object"}


class Page(HTMLParser):
    """What is wrong with one of them."""

    def __init__(self):
        super().__init__()
        self.wrong = []
        self.scripts = 0
        self.within = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.tell("a style of its own")
        if tag == "script":
            self.scripts += 1
            if not given.get("src"):
                self.tell("a script of its own")
        if tag in FORBIDDEN:
            self.tell(f"<{tag}>")
        if tag == "meta" and given.get("http-equiv", "").lower() in ("content-security-policy", "refresh"):
            self.tell("a policy of its own, or a way elsewhere")
        for name, value in given.items():
            if name == "style" or name == "srcdoc" or name.startswith("on"):
                self.tell(f"<{tag} {name}=…>")
            picture = tag == "img" or tag == "link" and "icon" in given.get("rel", "").split()
            addresses = value.split(",") if name == "srcset" else [value]
            if name in LOADS and tag not in LINKS and not all(own(it, picture) for it in addresses):
                self.tell(f'<{tag} {name}="{value}"> is from elsewhere')
            if name in LOADS and urlsplit(value.strip()).scheme == "javascript":
                self.tell(f"<{tag} {name}> is a script of its own")
        self.within = tag

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within == "script" and data.strip():
            self.tell("a script of its own")

    def tell(self, what):
        self.wrong.append(f"line {self.getpos()[0]}: {what}")


def own(address, picture):
    """Whether it is of the page's own origin, or a picture that is written out."""
    parts = urlsplit(address.strip())
    return not parts.scheme and not parts.netloc or parts.scheme == "data" and picture


def main():
    pages = sorted(Path().glob(PAGES))
    wrong = []
    for path in pages:
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        if not page.scripts:
            page.wrong.append("it has no script: is it the page?")
        wrong += [f"{path}: {what}" for what in page.wrong]
    if not pages:
        wrong.append(f"{PAGES}: nothing is built (make pages)")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(pages)} pages load nothing that their policy forbids")


if __name__ == "__main__":
    main()
