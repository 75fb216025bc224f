"use strict";

/* Numbers as words, and elements. Whatever comes from the data goes into the page as text, never as markup. */

const NARROW = "\u202f";
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

const Text = (() => {
  /** A whole number, its thousands apart. */
  function count(value) {
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, NARROW);
  }

  /** Three digits that matter, without an exponent. */
  function three(value) {
    const size = Math.abs(value);
    if (size >= 100) {
      const keep = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 2);
      return count(Math.round(value / keep) * keep);
    }
    return size >= 10 ? trimmed(value, 1) : trimmed(value, 2);
  }

  function trimmed(value, digits) {
    const text = value.toFixed(digits);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }

  function bytes(value) {
    let unit = 0;
    while (value >= 999.5 && unit < 5) {
      value /= 1000;
      unit++;
    }
    return three(value) + " " + ["B", "kB", "MB", "GB", "TB", "PB"][unit];
  }

  /** A share as percent: never a round 0 or 100 for what is not. */
  function share(value, digits = 1) {
    if (value > 0 && value < 0.5 / 10 ** (digits + 2)) {
      return "< " + trimmed(1 / 10 ** digits, digits) + " %";
    }
    if (value < 1 && value > 1 - 0.5 / 10 ** (digits + 2)) {
      return "> " + trimmed(100 - 1 / 10 ** digits, digits) + " %";
    }
    return trimmed(value * 100, digits) + " %";
  }

  /** A length of time, to its two largest units. */
  function duration(seconds) {
    if (seconds === 0) {
      return "0 s";
    }
    if (seconds < 60) {
      return seconds < 1e-6
        ? three(seconds * 1e9) + " ns"
        : seconds < 1e-3
          ? three(seconds * 1e6) + " µs"
          : seconds < 1
            ? three(seconds * 1e3) + " ms"
            : three(seconds) + " s";
    }
    return seconds < HOUR
      ? two(seconds, MINUTE, "min", 1, "s")
      : seconds < DAY
        ? two(seconds, HOUR, "h", MINUTE, "min")
        : seconds < 100 * DAY
          ? two(seconds, DAY, "d", HOUR, "h")
          : count(seconds / DAY) + " d";
  }

  function two(seconds, large, largeName, small, smallName) {
    const parts = Math.round(seconds / small);
    const whole = Math.floor(parts / (large / small));
    const rest = parts % (large / small);
    return whole + " " + largeName + (rest ? " " + rest + " " + smallName : "");
  }

  /** A virtual time as days and time of day; finer than seconds if the step is. */
  function instant(seconds, step = 1) {
    const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step)));
    const unit = 10 ** digits;
    const ticks = Math.round(seconds * unit);
    const day = Math.floor(ticks / unit / DAY);
    return (day ? count(day) + " d " : "") + clock(ticks / unit - day * DAY, step, digits);
  }

  /** A time of day. */
  function clock(seconds, step, digits = 0) {
    const pad = (value) => String(Math.floor(value)).padStart(2, "0");
    const text = pad(seconds / HOUR) + ":" + pad((seconds % HOUR) / MINUTE);
    if (step >= MINUTE) {
      return text;
    }
    const rest = (seconds % MINUTE).toFixed(digits);
    return text + ":" + (rest.indexOf(".") === 1 || rest.length === 1 ? "0" + rest : rest);
  }

  /** "1 contact", "2 contacts". */
  function many(value, word) {
    return count(value) + " " + word + (value === 1 ? "" : "s");
  }

  return {count, three, bytes, share, duration, instant, clock, many};
})();

const byId = (id) => document.getElementById(id);

/** An element with attributes and children: elements, texts, or lists of both. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

const SVG_NAMES = byId("patterns").namespaceURI;

/** The same for drawings. */
function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG_NAMES, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value);
    }
  }
  made.append(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== ""),
  );
  return made;
}

/** Fills a table: column heads, then rows of cells; the first cell of a row is its head. */
function table(id, columns, rows) {
  const head = element(
    "tr",
    {},
    columns.map((column) => element("th", {class: column.class, scope: "col"}, column.name)),
  );
  const body = rows.map((cells) =>
    element(
      "tr",
      {class: cells.rowClass},
      cells.map((cell, i) =>
        element(i ? "td" : "th", {class: columns[i].class, scope: i ? undefined : "row"}, cell),
      ),
    ),
  );
  byId(id).replaceChildren(element("thead", {}, head), element("tbody", {}, body));
}

const tenth = (value) => Math.round(value * 10) / 10;

/** A rectangle as part of a path. */
function box(x, y, width, height) {
  return (
    "M" + tenth(x) + " " + tenth(y) + "h" + tenth(width) + "v" + tenth(height) + "h" + tenth(-width) + "z"
  );
}

/** How wide a text is in a chart. Asked for the same few texts again and again, so it remembers. */
const measure = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const known = new Map();
  return (text, weight = 400) => {
    const key = weight + text;
    if (!known.has(key)) {
      if (known.size > 5000) {
        known.clear();
      }
      pen.font = weight + " 11.5px " + family;
      known.set(key, pen.measureText(text).width);
    }
    return known.get(key);
  };
})();

/** The text, its middle left out so that it fits into so many pixels: names differ at their ends. */
function fitted(text, width, weight) {
  if (measure(text, weight) <= width) {
    return text;
  }
  const cut = (kept) =>
    text.slice(0, Math.ceil(kept / 2)) + "…" + text.slice(text.length - Math.floor(kept / 2));
  let least = 0;
  let most = text.length;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (measure(cut(middle), weight) <= width) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return cut(least);
}

/** What is shown beside the pointer: the first line is the title. */
const Tip = (() => {
  const tip = byId("tip");

  function show(x, y, lines) {
    tip.replaceChildren(
      element("b", {}, lines[0]),
      lines
        .slice(1)
        .map((line) => "\n" + line)
        .join(""),
    );
    tip.hidden = false;
    const size = tip.getBoundingClientRect();
    const left = x + 14 + size.width > innerWidth - 4 ? x - 14 - size.width : x + 14;
    const top = y + 16 + size.height > innerHeight - 4 ? y - 10 - size.height : y + 16;
    tip.style.left = Math.max(4, Math.min(left, innerWidth - size.width - 4)) + "px";
    tip.style.top = Math.max(4, top) + "px";
  }

  function hide() {
    tip.hidden = true;
  }

  return {show, hide};
})();
