"""What the picture shows, as a list to choose from and a table beside it: the same boxes, the same choice."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bcp.model.plan import Plan
from bcp.ui.parts.chosen import choose
from bcp.ui.parts.fields import field_name, kind_of
from bcp.ui.parts.requirement_form import requirement_text
from bcp.ui.state import Session, given, put

_KEY = "choose-many"


def shown_table(session: Session, plan: Plan, ids: Sequence[str], chosen: Sequence[str]) -> None:
    """Draw both folded; what is chosen in the list is chosen, and marked in the table.

    The table's own ticks are not used: it sends those of its first drawing back as if somebody had made them.
    """
    words = session.words
    rows = sorted({*ids, *chosen}, key=lambda i: (plan.title(i).casefold(), i))
    with st.expander(words("The same as a table ({n})", n=len(rows)), icon=":material/table_rows:"):
        put(_KEY, list(chosen))
        st.multiselect(
            words("Chosen"), rows, format_func=plan.title, key=_KEY, placeholder=words("Choose"),
            on_change=_choose, args=(session,),
        )  # fmt: skip
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        words("Chosen"): "✓" if i in chosen else "",
                        field_name("name", words): plan.components[i].name,
                        field_name("kind", words): kind_of(plan.components[i], words),
                        field_name("operator", words): plan.components[i].operator,
                        field_name("requires", words): "; ".join(
                            requirement_text(r, plan, words) for r in plan.components[i].requires
                        ),
                    }
                    for i in rows
                ]
            ),
            hide_index=True,
        )


def _choose(session: Session) -> None:
    ids = list(given(_KEY) or ())
    choose(session, sorted(ids, key=lambda i: i != session.chosen))
