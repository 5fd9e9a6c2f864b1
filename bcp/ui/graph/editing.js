import { button } from "./paint.js";

// Everything that can be done in the picture with mouse, finger or keys. Nothing is changed here: each act is
// told to Python as {n, do: …}, which checks it, saves it and sends the picture anew, with the number of the
// last act that it heard. What it has not heard is told again with the next act: a quick hand loses nothing,
// where of two events of Streamlit's the later one can take the place of the earlier one.

const MOST_UNHEARD = 40;

function told(kept, message) {
  kept.number += 1;
  kept.unheard = [...kept.unheard, { n: kept.number, ...message }].slice(-MOST_UNHEARD);
  kept.component.setStateValue("acts", kept.unheard);
}

function heard(kept) {
  kept.unheard = kept.unheard.filter((act) => act.n > kept.data.heard);
  kept.number = Math.max(kept.number, kept.data.heard);
}

const boxes = (kept) => kept.cy.nodes(".box");
const box = (kept, id) => kept.cy.getElementById(id);

// Prepares a picture for editing: once, when it is made.
export function begin(kept) {
  kept.chosen = [];
  kept.unheard = [];
  kept.number = 0;
  kept.several = false;
  kept.connecting = "";
  kept.copied = [];
  kept.cy.boxSelectionEnabled(true);
  kept.actions = document.createElement("div");
  kept.actions.className = "bcp-actions";
  kept.actions.setAttribute("role", "toolbar");
  kept.said = document.createElement("div");
  kept.said.className = "bcp-said";
  kept.said.setAttribute("aria-live", "polite");
  kept.handle = document.createElement("div");
  kept.handle.className = "bcp-handle";
  kept.handle.textContent = "→";
  kept.box.append(kept.actions, kept.handle, kept.said);
  kept.canvas.tabIndex = 0;
  taps(kept);
  dragging(kept);
  kept.onkey = (event) => key(kept, event);
  kept.canvas.addEventListener("keydown", kept.onkey);
  // With shift the browser would mark all text between the last click and this one.
  kept.canvas.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });
  kept.cy.on("pan zoom resize", () => place(kept));
}

// After each drawing: what Python says is chosen is chosen.
export function redrawn(kept) {
  heard(kept);
  const later = kept.unheard.filter((act) => act.do === "choose").pop();
  kept.chosen = (later ? later.ids : kept.data.selected).filter((id) => !box(kept, id).empty());
  kept.aimed = "";
  if (kept.connecting && box(kept, kept.connecting).empty()) kept.connecting = "";
  const [first] = kept.chosen;
  if (first && first !== kept.seen) reveal(kept, box(kept, first));
  kept.seen = first;
  toolbar(kept);
  place(kept);
}

export function end(kept) {
  if (kept.onkey) kept.canvas.removeEventListener("keydown", kept.onkey);
}

function say(kept, text) {
  kept.said.textContent = text;
}

// Shows a choice at once, and tells it.
function choose(kept, ids) {
  kept.chosen = ids;
  kept.cy.elements().removeClass("chosen");
  for (const id of ids) box(kept, id).addClass("chosen");
  const names = ids.map((id) => box(kept, id).data()).filter(Boolean);
  say(kept, names.length ? `${kept.data.words.chosen}: ${names.map((n) => `${n.name}, ${n.kind}`).join("; ")}` : kept.data.words.none);
  toolbar(kept);
  place(kept);
  told(kept, { do: "choose", ids });
}

function toggle(kept, id) {
  choose(kept, kept.chosen.includes(id) ? kept.chosen.filter((other) => other !== id) : [...kept.chosen, id]);
}

function taps(kept) {
  const { cy } = kept;
  cy.on("tap", () => kept.canvas.focus({ preventScroll: true }));
  cy.on("tap", "node", (event) => {
    const data = event.target.data();
    const original = event.originalEvent || {};
    if (event.target.hasClass("fold")) told(kept, { do: "fold", group: data.group });
    else if (event.target.hasClass("mark")) told(kept, { do: "more", id: data.of, way: data.way });
    else if (event.target.hasClass("folded")) told(kept, { do: "unfold", group: data.group });
    else if (!event.target.hasClass("box")) return;
    else if (kept.connecting) connect(kept, data.id);
    else if (original.shiftKey || original.ctrlKey || original.metaKey || kept.several) toggle(kept, data.id);
    else choose(kept, [data.id]);
  });
  cy.on("tap", "edge", (event) => {
    if (!event.target.data("own")) return;
    cy.elements().removeClass("chosen");
    event.target.addClass("chosen");
    told(kept, { do: "arrow", source: event.target.data("source"), target: event.target.data("target") });
  });
  cy.on("tap", (event) => {
    if (event.target === cy && kept.connecting) connect(kept, "");
  });
  cy.on("mouseover", "node", (event) => { kept.canvas.title = event.target.data("name") || ""; });
  cy.on("mouseout", "node", () => { kept.canvas.title = ""; });
  cy.on("dbltap", "node.box", (event) => told(kept, { do: "look", id: event.target.id() }));
  cy.on("boxend", () => setTimeout(() => {
    const found = cy.nodes(".box:selected").map((node) => node.id());
    cy.elements().unselect();
    if (found.length) choose(kept, [...new Set([...kept.chosen, ...found])]);
  }, 0));
}

// The buttons for what is chosen, at the foot of the picture: big enough for a finger.
function toolbar(kept) {
  const { words } = kept.data;
  const one = kept.chosen.length === 1 ? kept.chosen[0] : "";
  const ask = (what) => () => told(kept, { do: "ask", what, ids: kept.chosen });
  const several = button("several", words.several, () => { kept.several = !kept.several; toolbar(kept); });
  several.setAttribute("aria-pressed", String(kept.several));
  const shown = [several];
  if (one) {
    shown.push(
      button("rename", `${words.rename} (F2)`, () => rename(kept, one)),
      button("below", words.below, ask("below")),
      button("above", words.above, ask("above")),
      button("connect", words.connect, () => aim(kept, one)),
      button("look", `${words.look} (Enter)`, () => told(kept, { do: "look", id: one })),
    );
  }
  if (kept.chosen.length) {
    shown.push(
      button("copy", words.copy, () => told(kept, { do: "copy", ids: kept.chosen })),
      button("remove", `${words.remove} (Delete)`, ask("remove")),
    );
  }
  kept.actions.replaceChildren(...shown);
}

// From now on the next box that is chosen is what `id` rests on.
function aim(kept, id) {
  kept.connecting = id;
  kept.box.classList.add("bcp-aiming");
  say(kept, kept.data.words.pick);
  kept.said.classList.add("bcp-shown");
  kept.canvas.focus();
}

function connect(kept, target) {
  const source = kept.connecting;
  kept.connecting = "";
  kept.cy.nodes().removeClass("aimed");
  kept.box.classList.remove("bcp-aiming");
  kept.said.classList.remove("bcp-shown");
  if (source && target && source !== target) told(kept, { do: "connect", source, target });
}

// The handle at the right of the chosen box, from which an arrow is drawn.
function place(kept) {
  const id = kept.chosen.length === 1 ? kept.chosen[0] : "";
  const node = id && box(kept, id);
  if (!node || node.empty() || kept.dragged) {
    kept.handle.hidden = true;
    return;
  }
  const bounds = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
  kept.handle.hidden = false;
  kept.handle.title = kept.data.words.drag;
  kept.handle.style.left = `${bounds.x2 - 8}px`;
  kept.handle.style.top = `${bounds.y2 - 8}px`;
}

function dragging(kept) {
  const { cy, handle } = kept;
  const point = (event) => {
    const frame = kept.canvas.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const under = (at) => boxes(kept).filter((node) => {
    const b = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
    return at.x >= b.x1 && at.x <= b.x2 && at.y >= b.y1 && at.y <= b.y2;
  })[0];
  const moved = (event) => {
    if (!kept.dragged) return;
    const at = point(event);
    const zoom = cy.zoom();
    const pan = cy.pan();
    box(kept, ":ghost").position({ x: (at.x - pan.x) / zoom, y: (at.y - pan.y) / zoom });
    cy.nodes().removeClass("aimed");
    const node = under(at);
    if (node && node.id() !== kept.dragged) node.addClass("aimed");
  };
  const stopped = (event) => {
    if (!kept.dragged) return;
    const source = kept.dragged;
    const node = event.type === "pointerup" ? under(point(event)) : undefined;
    kept.dragged = "";
    cy.remove("#\\:ghost, .drawn");
    cy.nodes().removeClass("aimed");
    place(kept);
    if (node && node.id() !== source) told(kept, { do: "connect", source, target: node.id() });
    else if (!node && event.type === "pointerup") told(kept, { do: "ask", what: "below", ids: [source] });
  };
  handle.addEventListener("pointerdown", (event) => {
    const [source] = kept.chosen;
    if (!source) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    kept.dragged = source;
    cy.add([
      { group: "nodes", data: { id: ":ghost", label: "" }, position: { ...box(kept, source).position() }, classes: "ghost" },
      { group: "edges", data: { id: ":drawn", source, target: ":ghost", label: "" }, classes: "drawn" },
    ]);
  });
  handle.addEventListener("pointermove", moved);
  handle.addEventListener("pointerup", stopped);
  handle.addEventListener("pointercancel", stopped);
}

// A field over the box; Enter or leaving it saves, Escape does not.
function rename(kept, id) {
  const node = box(kept, id);
  const bounds = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
  const field = document.createElement("input");
  field.className = "bcp-name";
  field.value = node.data("name");
  field.maxLength = 300;
  field.setAttribute("aria-label", kept.data.words.rename);
  const width = Math.max(bounds.w, 180);
  field.style.left = `${Math.max(4, Math.min(bounds.x1, kept.canvas.clientWidth - width - 4))}px`;
  field.style.top = `${bounds.y1}px`;
  field.style.width = `${width}px`;
  field.style.height = `${Math.max(bounds.h, 32)}px`;
  let open = true;
  const close = (save) => {
    if (!open) return;
    open = false;
    const name = field.value.trim();
    field.remove();
    if (save && name && name !== node.data("name")) told(kept, { do: "rename", id, name });
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") close(true);
    if (event.key === "Escape") close(false);
    if (event.key === "Enter" || event.key === "Escape") kept.canvas.focus();
  });
  field.addEventListener("blur", () => close(true));
  kept.box.append(field);
  field.focus();
  field.select();
}

// The box to go to from `id`: along an arrow to the left or right, or to the next one in the same column.
function beside(kept, id, way) {
  const node = box(kept, id);
  const at = node.position();
  const near = (found) => found.sort((a, b) => Math.abs(a.position().y - at.y) - Math.abs(b.position().y - at.y) || a.position().x - b.position().x)[0];
  if (way === "ArrowRight") return near(node.outgoers("node.box").toArray());
  if (way === "ArrowLeft") return near(node.incomers("node.box").toArray());
  const down = way === "ArrowDown";
  return near(boxes(kept).filter((other) => Math.abs(other.position().x - at.x) < 4 && (down ? other.position().y > at.y : other.position().y < at.y)).toArray());
}

function move(kept, event) {
  const here = kept.aimed || kept.connecting || kept.chosen[kept.chosen.length - 1] || "";
  const next = here && !box(kept, here).empty() ? beside(kept, here, event.key) : boxes(kept)[0];
  if (!next) return;
  if (kept.connecting) {
    kept.cy.nodes().removeClass("aimed");
    next.addClass("aimed");
    kept.aimed = next.id();
    say(kept, `→ ${next.data("name")}, ${next.data("kind")}`);
  } else if (event.shiftKey) choose(kept, [...kept.chosen.filter((id) => id !== next.id()), next.id()]);
  else choose(kept, [next.id()]);
  reveal(kept, next);
}

// Moves the picture so that a box can be seen, above the buttons at its foot.
function reveal(kept, node) {
  const { cy } = kept;
  const b = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
  const into = (low, high, size) => (low < 4 ? 4 - low : Math.min(0, size - high));
  const by = { x: into(b.x1, b.x2, cy.width() - 20), y: into(b.y1, b.y2, cy.height() - 56) };
  if (by.x || by.y) cy.panBy(by);
}

function key(kept, event) {
  const [one] = kept.chosen;
  const command = event.ctrlKey || event.metaKey;
  const letter = event.key.toLowerCase();
  const act = shortcut(kept, event, one, command, letter);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function shortcut(kept, event, one, command, letter) {
  const ask = (what) => () => told(kept, { do: "ask", what, ids: kept.chosen });
  if (command && letter === "z") return () => told(kept, { do: event.shiftKey ? "redo" : "undo" });
  if (command && letter === "y") return () => told(kept, { do: "redo" });
  if (command && letter === "c" && one) return () => { kept.copied = [...kept.chosen]; };
  if (command && letter === "v" && kept.copied.length) return () => told(kept, { do: "copy", ids: kept.copied });
  if (command && letter === "a") return () => choose(kept, boxes(kept).map((node) => node.id()));
  if (command || event.altKey) return null;
  if (event.key.startsWith("Arrow")) return () => move(kept, event);
  if (event.key === "Escape") return () => (kept.connecting ? connect(kept, "") : choose(kept, []));
  if (event.key === "Enter" && kept.connecting) return () => connect(kept, kept.aimed || "");
  if (!one) return null;
  if (event.key === "Enter") return () => told(kept, { do: "look", id: one });
  if (event.key === "Delete" || event.key === "Backspace") return ask("remove");
  if (kept.chosen.length > 1) return null;
  if (event.key === "F2") return () => rename(kept, one);
  if (letter === "c") return () => aim(kept, one);
  if (letter === "n") return ask(event.shiftKey ? "above" : "below");
  return null;
}
