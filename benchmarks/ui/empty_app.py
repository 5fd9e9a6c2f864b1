"""The least that a Streamlit app can do at a click: what every page's click costs before it does anything."""

import streamlit as st

clicks = st.session_state.get("clicks", 0)


def more() -> None:
    """Count one more click."""
    st.session_state["clicks"] = clicks + 1


st.title("Empty")
st.button("More", key="more", on_click=more)
st.markdown(f"#### clicks: {clicks}")
