import "./cytoscape.min.js";
import { button, style, theme } from "./paint.js";
import { begin, end, redrawn } from "./editing.js";

// Draws a part of the plan at positions that Python computed, and tells Python which box was chosen; where
// Python says `editing`, also everything else that was done in the picture (see editing.js).
// Python sends: nodes, edges, selected, focus, whole, height, label, editing, words.

const SMALLEST = 0.62;
const LARGEST = 1.15;
const drawn = new WeakMap();

function elements(data) {
  const nodes = data.nodes.map((n) => ({ group: "nodes", data: { ...n, parent: n.parent || undefined }, position: n.x === undefined ? undefined : { x: n.x, y: n.y }, classes: n.classes }));
  const edges = data.edges.map((e) => ({ group: "edges", data: { id: e.id, source: e.source, target: e.target, label: e.label || "", own: e.own, ...(e.bends || {}) }, classes: e.bends ? `${e.classes} long` : e.classes }));
  return [...nodes, ...edges];
}

// Show everything where that stays readable, or where it is wanted; otherwise the focus, with what hangs on it to the right.
function frame(cy, data) {
  const margin = 16;
  cy.fit(undefined, margin);
  if ((data.whole || cy.zoom() >= SMALLEST) && cy.zoom() <= LARGEST) return;
  const zoom = Math.min(LARGEST, Math.max(cy.zoom(), SMALLEST));
  const box = cy.elements().boundingBox();
  const found = cy.getElementById(data.focus || "");
  const focus = found.empty() ? { x: box.x1, y: (box.y1 + box.y2) / 2 } : found.position();
  const place = (size, low, high, at, share) => {
    if ((high - low) * zoom <= size - 2 * margin) return (size - (low + high) * zoom) / 2;
    return Math.max(size - margin - high * zoom, Math.min(margin - low * zoom, size * share - at * zoom));
  };
  cy.viewport({
    zoom,
    pan: { x: place(cy.width(), box.x1, box.x2, focus.x, 0.3), y: place(cy.height(), box.y1, box.y2, focus.y, 0.5) },
  });
}

function create(component) {
  const { parentElement } = component;
  const box = document.createElement("div");
  box.className = "bcp-graph";
  const canvas = document.createElement("div");
  canvas.className = "bcp-canvas";
  const tools = document.createElement("div");
  tools.className = "bcp-tools";
  box.append(canvas, tools);
  parentElement.append(box);
  const cy = globalThis.cytoscape({
    container: canvas, autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.15, maxZoom: 2.5, userZoomingEnabled: false,
  });
  // Cytoscape keeps where its field stands on the screen, and hears of scrolling only inside this component.
  const moved = () => cy.renderer().invalidateContainerClientCoordsCache();
  for (const event of ["pointerdown", "pointermove", "touchstart"]) canvas.addEventListener(event, moved, { capture: true, passive: true });
  const kept = { box, canvas, tools, cy, shown: "", component, data: component.data };
  if (component.data.editing) begin(kept);
  else {
    cy.on("tap", "node", (event) => {
      cy.nodes().removeClass("chosen");
      event.target.addClass("chosen");
      kept.component.setTriggerValue("clicked", event.target.id());
    });
  }
  const repaint = () => setTimeout(() => cy.style(style(theme(box))), 150);
  kept.media = matchMedia("(prefers-color-scheme: dark)");
  kept.media.addEventListener("change", repaint);
  kept.repaint = repaint;
  kept.resize = new ResizeObserver(() => { cy.resize(); if (kept.data) frame(cy, kept.data); });
  kept.resize.observe(canvas);
  return kept;
}

function toolbar(kept, words) {
  const zoom = (factor) => kept.cy.zoom({ level: kept.cy.zoom() * factor, renderedPosition: { x: kept.cy.width() / 2, y: kept.cy.height() / 2 } });
  kept.tools.replaceChildren(
    button("+", words.zoom_in, () => zoom(1.25)),
    button("−", words.zoom_out, () => zoom(0.8)),
    button("⤢", words.fit, () => kept.cy.fit(undefined, 16)),
  );
}

export default function (component) {
  const { parentElement, data } = component;
  let kept = drawn.get(parentElement);
  if (!kept) {
    kept = create(component);
    drawn.set(parentElement, kept);
  }
  kept.component = component;
  kept.data = data;
  const { cy, box, canvas } = kept;
  canvas.style.height = `${data.height}px`;
  canvas.setAttribute("role", data.editing ? "application" : "img");
  canvas.setAttribute("aria-label", data.label);
  toolbar(kept, data.words);
  const places = data.nodes.filter((n) => n.x !== undefined && !n.id.startsWith(":m:")).map((n) => [n.id, n.x, n.y]);
  const shown = data.editing ? JSON.stringify([data.focus, data.view]) : JSON.stringify([data.focus, places]);
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements(data));
  });
  cy.style(style(theme(box)));
  const chosen = Array.isArray(data.selected) ? data.selected : [data.selected];
  for (const id of chosen) if (id) cy.getElementById(id).addClass("chosen");
  if (shown !== kept.shown) {
    kept.shown = shown;
    cy.resize();
    frame(cy, data);
  }
  if (data.editing) redrawn(kept);
  box.dataset.nodes = String(data.nodes.filter((n) => !n.id.startsWith(":m:") && !n.id.startsWith(":c:")).length);
  box.bcpGraph = cy;
  return () => {
    end(kept);
    kept.media.removeEventListener("change", kept.repaint);
    kept.resize.disconnect();
    cy.destroy();
    box.remove();
    drawn.delete(parentElement);
  };
}
