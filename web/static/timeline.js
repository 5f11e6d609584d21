// Choosing dates on a time line: drag over bars, drag or step the ends, Esc and double click undo.
// Complete without this: bars are links to their dates, and a form takes any.
const SVG = "http://www.w3.org/2000/svg";
const SLACK_PX = 4;
const REACH_PX = 6;
const WAIT_MS = 600;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };

const visit = (address) => {
  const handled = !document.dispatchEvent(new CustomEvent("visit", { detail: address, cancelable: true }));
  if (!handled) location.assign(address);
};

class Timeline {
  constructor(figure) {
    this.figure = figure;
    this.plot = figure.querySelector(".plot");
    this.readout = figure.querySelector(".readout");
    const { interval, begin, bars } = figure.dataset;
    Object.assign(this, { interval, begin, n: Number(bars), range: null });
    const frame = figure.querySelector(".selection");
    if (frame) {
      const first = this.number(frame, "x");
      this.range = [first, first + this.number(frame, "width") - 1];
    }
    this.chosen = this.range;
    this.height = Number(this.plot.getAttribute("height")) + REACH_PX;
    for (const place of this.plot.querySelectorAll("[data-start]")) {
      const title = place.querySelector("title");
      place.dataset.says ??= title.textContent;
      if (place.localName === "a") place.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    const links = [...this.plot.querySelectorAll("a")];
    for (const link of links) link.setAttribute("tabindex", -1);
    this.stop = links.find((link) => !link.matches(".outside")) ?? links[0];
    this.stop?.setAttribute("tabindex", 0);
    if (this.range) this.handles = ["first", "last"].map((end, side) => this.handle(end, side));
    this.listen();
  }

  // The number of the interval at a part of the width; the date that begins it.
  at(part) {
    return Math.max(0, Math.min(this.n - 1, Math.floor(part * this.n)));
  }

  // A measure in per cent, as a number of intervals.
  number(rect, measure) {
    return Math.round((parseFloat(rect.getAttribute(measure)) / 100) * this.n);
  }

  under(event) {
    const box = this.plot.parentNode.getBoundingClientRect();
    return this.at((event.clientX - box.left) / box.width);
  }

  date(number) {
    const [year, month = 1, day = 1] = this.begin.split("-").map(Number);
    const by = { year: [number, 0, 0], month: [0, number, 0], day: [0, 0, number] }[this.interval];
    const date = new Date(0);
    date.setUTCFullYear(year + by[0], month - 1 + by[1], day + by[2]);
    return date;
  }

  start(number) {
    const length = { year: 4, month: 7, day: 10 }[this.interval];
    return this.date(number).toISOString().slice(0, length);
  }

  says(number) {
    const parts = { year: {}, month: { month: "long" }, day: { month: "long", day: "numeric" } }[this.interval];
    const options = { year: "numeric", timeZone: "UTC", ...parts };
    return this.date(number).toLocaleDateString(document.documentElement.lang, options);
  }

  handle(end, side) {
    const group = document.createElementNS(SVG, "svg");
    const about = {
      class: "handle", id: `${end}-${this.interval}`, role: "slider", tabindex: 0, overflow: "visible",
      "aria-label": this.figure.dataset[end], "aria-valuemin": 0, "aria-valuemax": this.n - 1,
    };
    for (const [name, value] of Object.entries(about)) group.setAttribute(name, value);
    for (const [name, inside, width, y, height] of [["reach", 4, 24, -REACH_PX, this.height], ["grip", 0, 8, 28, 32]]) {
      const rect = document.createElementNS(SVG, "rect");
      const x = side ? -inside : inside - width;
      for (const [key, value] of Object.entries({ class: name, x, y, width, height, rx: 3 })) rect.setAttribute(key, value);
      group.append(rect);
    }
    this.plot.append(group);
    group.side = side;
    this.place(group);
    return group;
  }

  place(handle) {
    const number = this.range[handle.side];
    handle.setAttribute("x", `${((number + handle.side) * 100) / this.n}%`);
    handle.setAttribute("aria-valuenow", number);
    handle.setAttribute("aria-valuetext", this.says(number));
  }

  // Show a range that is not asked for yet.
  draft(first, last) {
    this.range = [Math.min(first, last), Math.max(first, last)];
    let frame = this.plot.querySelector(".selection");
    if (!frame) {
      frame = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ class: "selection", y: -REACH_PX, height: this.height })) frame.setAttribute(name, value);
      this.plot.append(frame);
    }
    const [from, to] = this.range;
    frame.setAttribute("x", `${(from * 100) / this.n}%`);
    frame.setAttribute("width", `${((to - from + 1) * 100) / this.n}%`);
    this.handles?.forEach((handle) => this.place(handle));
    this.readout.textContent = from === to ? this.says(from) : `${this.says(from)} — ${this.says(to)}`;
  }

  ask() {
    clearTimeout(this.timer);
    if (!this.figure.isConnected) return;
    const [from, to] = this.range.map((number) => this.start(number));
    visit(this.figure.dataset.dates.replace("from=DATE&to=DATE", `from=${from}&to=${to}`));
  }

  undo() {
    clearTimeout(this.timer);
    if (this.dragged) this.drop();
    else if (this.chosen || this.figure.dataset.asked) visit(this.figure.dataset.reset);
  }

  drop() {
    this.dragged = null;
    if (this.chosen) this.draft(...this.chosen);
    else this.plot.querySelector(".selection")?.remove();
    this.range = this.chosen;
    this.readout.textContent = "";
  }

  listen() {
    const drawing = this.plot.parentNode;
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const handle = event.target.closest(".handle");
      const other = handle && this.range[1 - handle.side];
      this.dragged = { x: event.clientX, from: other ?? this.under(event), moved: false };
    });
    drawing.addEventListener("pointermove", (event) => {
      const drag = this.dragged;
      if (!drag) return;
      if (!drag.moved && Math.abs(event.clientX - drag.x) > SLACK_PX) {
        drag.moved = true;
        drawing.setPointerCapture(event.pointerId);
      }
      if (drag.moved) this.draft(drag.from, this.under(event));
    });
    drawing.addEventListener("pointerup", () => {
      const drag = this.dragged;
      this.dragged = null;
      if (!drag?.moved) return;
      drawing.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      this.ask();
    });
    drawing.addEventListener("pointercancel", () => this.dragged && this.drop());
    drawing.addEventListener("dblclick", () => this.undo());
    drawing.addEventListener("pointerover", (event) => this.tell(event));
    drawing.addEventListener("pointerleave", (event) => {
      if (!this.dragged && event.pointerType !== "touch") this.readout.textContent = "";
    });
    drawing.addEventListener("focusin", (event) => {
      this.tell(event);
      this.stay(event.target.closest("a"));
    });
    drawing.addEventListener("focusout", () => { this.readout.textContent = ""; });
    this.figure.addEventListener("keydown", (event) => this.key(event));
  }

  tell(event) {
    if (this.dragged?.moved) return;
    const bar = event.target.closest("[data-start]");
    if (bar) this.readout.textContent = bar.dataset.says;
  }

  key(event) {
    const handle = event.target.closest(".handle");
    const bar = event.target.closest("[data-start] a, a[data-start]");
    if (event.ctrlKey || event.metaKey || event.altKey || !(handle || bar)) return;
    const step = STEPS[event.key];
    const end = { Home: 0, End: this.n - 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    if (handle) this.stretch(handle, end ?? this.range[handle.side] + step);
    else if (event.shiftKey && step) this.widen(bar, step);
    else this.walk(bar, step, end);
  }

  stretch(handle, number) {
    const other = this.range[1 - handle.side];
    const bounds = handle.side ? [other, this.n - 1] : [0, other];
    const ends = [other, other];
    ends[handle.side] = Math.max(bounds[0], Math.min(bounds[1], number));
    this.draft(...ends);
    this.wait();
  }

  widen(bar, step) {
    const here = this.number(bar.closest("[data-start]").querySelector(".place"), "x");
    this.reach ??= here;
    this.reach = Math.max(0, Math.min(this.n - 1, this.reach + step));
    this.draft(here, this.reach);
    this.wait();
  }

  // Go on along the bars, or along one of several lines.
  walk(bar, step, end) {
    const links = [...this.plot.querySelectorAll("a")].filter((link) => link.dataset.line === bar.dataset.line);
    const wanted = end === undefined ? links.indexOf(bar) + step : end && links.length - 1;
    links[Math.max(0, Math.min(links.length - 1, wanted))].focus();
  }

  // Make a link the one at which the keyboard stops.
  stay(link) {
    if (!link) return;
    this.stop.setAttribute("tabindex", -1);
    link.setAttribute("tabindex", 0);
    this.stop = link;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }
}

const drawn = new WeakMap();

function start() {
  for (const figure of document.querySelectorAll(".timeline")) {
    if (!drawn.has(figure)) drawn.set(figure, new Timeline(figure));
  }
}

document.addEventListener("redrawn", start);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const figure = document.querySelector(".timeline:focus-within, .timeline:hover");
  if (figure) drawn.get(figure)?.undo();
});
start();
