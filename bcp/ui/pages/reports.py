"""Reports: choose a document, see its pages, and download it."""

import streamlit as st

from bcp.ui.parts import documents, empty, findings, pack
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Reports"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
chosen = documents.choose(current, opened)
pdf = documents.made(current, opened, chosen)
documents.download(current, opened, chosen, pdf)
pack.offer(current, opened, key="pack-reports")
pack.age(current, opened)
documents.preview(current, pdf)
