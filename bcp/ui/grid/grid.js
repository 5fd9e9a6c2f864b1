// A table of verdicts: a row for each outage, a column for each activity. Every cell is a button, so that
// it can be reached with the keyboard and read aloud; the arrow keys go from cell to cell.
// Python sends: dark, label, corner, columns [text], ids [activity], rows [{id, title, cells: [{text, told, paint}]}].
// It is told which outage and which activity was chosen by their ids: the rows may have moved meanwhile.

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function header(data) {
  const head = element("thead");
  const line = element("tr");
  line.append(element("th", data.corner, { scope: "col", class: "corner" }));
  for (const title of data.columns) {
    const cell = element("th", undefined, { scope: "col", title });
    cell.append(element("span", title));
    line.append(cell);
  }
  head.append(line);
  return head;
}

function body(data, opened) {
  const rows = element("tbody");
  data.rows.forEach((row, r) => {
    const line = element("tr");
    const title = element("th", undefined, { scope: "row" });
    title.append(button(row.title, row.title, "title", r, 0, () => opened(row.id, "")));
    line.append(title);
    row.cells.forEach((cell, c) => {
      const place = element("td");
      place.append(button(cell.text, cell.told, cell.paint, r, c + 1, () => opened(row.id, data.ids[c])));
      line.append(place);
    });
    rows.append(line);
  });
  return rows;
}

function button(text, told, paint, row, column, pressed) {
  const made = element("button", text, {
    type: "button",
    class: paint,
    title: told,
    "aria-label": text === told ? text : `${text} – ${told}`,
    "data-row": row,
    "data-column": column,
    tabindex: row === 0 && column === 0 ? "0" : "-1",
  });
  made.addEventListener("click", pressed);
  return made;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function walk(table, event) {
  const step = STEPS[event.key];
  const from = event.target.closest("button");
  if (!step || !from) return;
  const row = Number(from.dataset.row) + step[0];
  const column = Number(from.dataset.column) + step[1];
  const to = table.querySelector(`button[data-row="${row}"][data-column="${column}"]`);
  if (!to) return;
  event.preventDefault();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

const shown = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".bcp-grid");
  const text = JSON.stringify(data);
  if (shown.get(root) === text) return;
  shown.set(root, text);
  const at = document.activeElement === root.getRootNode().host ? null : root.querySelector(":focus");
  root.classList.toggle("dark", data.dark);
  const table = element("table", undefined, { "aria-label": data.label });
  table.append(header(data), body(data, (row, activity) => setTriggerValue("opened", [row, activity])));
  table.addEventListener("keydown", (event) => walk(table, event));
  root.replaceChildren(table);
  if (at) {
    const again = `button[data-row="${at.dataset.row}"][data-column="${at.dataset.column}"]`;
    root.querySelector(again)?.focus();
  }
}
