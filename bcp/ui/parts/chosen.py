"""What is chosen in the model: one component, several, or an arrow; the same in the picture and in the tables."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.model import edit_block, edit_requirements
from bcp.model.plan import Plan
from bcp.ui import desk
from bcp.ui.parts.gestures import Arrow, Ask, Choose, Connect, Copy, Fold, Gesture, Look, More, Rename, Step
from bcp.ui.parts.scene import MOST
from bcp.ui.state import Session


def chosen(session: Session, plan: Plan) -> tuple[str, ...]:
    """The chosen components that the plan has, the main one first."""
    if session.chosen not in plan.components:
        return ()
    view = session.view
    others = view.others if view.main == session.chosen else ()
    return tuple(i for i in dict.fromkeys((session.chosen, *others)) if i in plan.components)


def choose(session: Session, ids: Sequence[str]) -> None:
    """Choose these, the first as the main one; what was being asked is forgotten."""
    view = session.view
    session.chosen = view.main = ids[0] if ids else ""
    view.others = tuple(ids[1:])
    view.arrow, view.asking = ("", ""), ""


def arrow(session: Session, plan: Plan) -> tuple[str, str] | None:
    """The chosen arrow, where one is chosen and the plan still has it."""
    source, target = session.view.arrow
    if source != session.chosen or source not in plan.components or target not in plan.components:
        return None
    return (source, target)


def act(session: Session, gesture: Gesture) -> None:
    """Do what was asked for in the picture. Edits are saved at once, or refused in words."""
    match gesture:
        case Connect(source=source, target=target):
            connect(session, source, target)
        case Rename(id=i, name=name):
            desk.act(session, lambda plan: edit_block.set_name(plan, i, name))
        case Copy(ids=ids):
            copy(session, ids)
        case Step(do=do):
            desk.step(session, do)
        case Choose() | Arrow() | Ask() | Look() | More() | Fold():
            _turn(session, gesture)


def _turn(session: Session, gesture: Choose | Arrow | Ask | Look | More | Fold) -> None:
    """Choose or show something; nothing is edited."""
    view = session.view
    match gesture:
        case Choose(ids=ids):
            choose(session, ids)
        case Arrow(source=source, target=target):
            choose_arrow(session, source, target)
        case Ask(what=what, ids=ids):
            choose(session, ids)
            view.asking = what
        case Look(id=i):
            choose(session, [i])
            view.look_at(i)
        case More(id=i, way=way) if view.drawn < MOST:
            view.opened |= {(i, way)}
        case More(id=i):
            view.look_at(i)
        case Fold(do=do, group=group):
            held = view.folded or frozenset()
            view.folded = held | {group} if do == "fold" else held - {group}


def choose_arrow(session: Session, source: str, target: str) -> None:
    """Choose the arrow between two components."""
    choose(session, [source])
    session.view.arrow = (source, target)


def connect(session: Session, source: str, target: str) -> None:
    """Let one component need another, and choose the arrow so that its mode can be set."""
    if desk.act(session, lambda plan: edit_requirements.connect(plan, source, target)):
        choose_arrow(session, source, target)


def copy(session: Session, ids: Sequence[str]) -> None:
    """Copy components with the requirements among them; the copies are chosen and shown."""
    made: dict[str, str] = {}

    def change(plan: Plan) -> Plan:
        after, copies = edit_block.copy_block(plan, ids, words=session.words)
        made.update(copies)
        return after

    if desk.act(session, change):
        choose(session, list(made.values()))
        session.view.beside = tuple(made.values())
