"""What somebody sees who is not signed in (any more): one sentence and the way in."""

import streamlit as st

from dashboard import session
from dashboard.components.show import h, html


def show() -> None:
    w = session.words()
    html(f"<h1 class='cd-title'>{h(w('product.name'))}</h1>")
    if session.desk().settings.sign_in != "oidc":
        html(f"<p>{h(w('account.signed_out'))}</p><p><a href='/sign-in' target='_self'>{h(w('account.sign_in'))}</a></p>")
    elif st.user.is_logged_in:
        html(f"<p>{h(w('account.signed_out' if session.is_known() is None else 'account.no_roles'))}</p>")
        st.button(w("account.leave"), on_click=st.logout)
    else:
        st.button(w("account.organisation"), on_click=st.login, type="primary")
