"""The script of every page: session, look, header, then the page itself."""

import streamlit as st

from dashboard import session
from dashboard.components import entry, header, show

# file, key of its title; the first is the address "/". Without an incident only the start page makes sense.
PAGES = (
    ("command", "page.command"),
    ("intake", "page.intake"),
    ("facts", "page.facts"),
    ("type", "page.type"),
    ("audiences", "page.audiences"),
    ("monitor", "page.monitor"),
    ("alerts", "page.alerts"),
    ("statement", "page.statement"),
    ("timeline", "page.timeline"),
    ("search", "page.search"),
    ("executive", "page.executive"),
    ("incidents", "page.incidents"),
    ("templates", "page.templates"),
    ("people", "page.people"),
)


def main() -> None:
    session.open_session()
    w = session.words()
    st.set_page_config(page_title=w("product.name"), page_icon=header.icon(), layout="wide")
    show.look()
    pages = {
        name: st.Page(f"screens/{name}.py", title=w(key), url_path=name, default=name == "command") for name, key in PAGES
    }
    if not session.is_let_in():
        st.navigation(list(pages.values()), position="hidden")
        entry.show()
        return
    page = st.navigation(list(pages.values()), position="top" if session.incident() else "hidden")
    header.show()
    show.notices()
    page.run()


main()
