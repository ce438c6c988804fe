"""The script of every page: session, look, header, then the page itself."""

import streamlit as st

from dashboard import session
from dashboard.components import header, show

# file, key of its title; the first is the address "/". Without an incident only the start page makes sense.
PAGES = (
    ("command", "page.command"),
    ("intake", "page.intake"),
    ("facts", "page.facts"),
    ("type", "page.type"),
    ("audiences", "page.audiences"),
    ("monitor", "page.monitor"),
    ("statement", "page.statement"),
    ("timeline", "page.timeline"),
    ("incidents", "page.incidents"),
)


def main() -> None:
    session.open_session()
    w = session.words()
    st.set_page_config(page_title=w("product.name"), page_icon=header.icon(), layout="wide")
    show.look()
    pages = [
        st.Page(f"screens/{name}.py", title=w(key), url_path=name, default=name == "command") for name, key in PAGES
    ]
    page = st.navigation(pages, position="top" if session.incident() else "hidden")
    header.show()
    show.notices()
    page.run()


main()
