/* Draws contacts over time: a row for every node with what went wrong there, below it its links. */

const Timeline = (() => {
  const ROW = 20;
  const BAR = 14;
  const AXIS = 34;
  const FULL = 0.98;
  const WRITTEN = 12;
  // More rows than these scroll within the chart.
  const MANY = 40;

  let data;
  let axis;
  let chart;
  let cross = () => {};
  let listedUntil = 0;

  /** Which rows are shown, which of them the keys are in, and which contact or fault was picked there. */
  const state = {shown: [], chosen: 0, picked: undefined};

  function drawContacts(into, row, y) {
    const paths = {room: "", used: "", full: "", free: "", edge: ""};
    const found = Rows.bars(row);
    const top = y + (ROW - BAR) / 2;
    for (const bar of found) {
      const width = bar.b - bar.a - (bar.b - bar.a > 4 ? 0.5 : 0);
      paths.room += box(bar.a, top, width, BAR);
      if (width >= 5) {
        paths.edge += box(bar.a + 0.5, top + 0.5, width - 1, BAR - 1);
      }
      const part = Rows.share(bar.capacity, bar.carried);
      if (part > 0) {
        const height = Math.max(2, BAR * part);
        paths[part >= FULL ? "full" : "used"] += box(bar.a, top + BAR - height, width, height);
      } else if (bar.free > 0) {
        paths.free += box(bar.a, top + 5, width, 4);
      }
    }
    for (const [kind, path] of Object.entries(paths)) {
      if (path) {
        into.append(drawn("path", {class: kind, d: path}));
      }
    }
    drawVolumes(into, found, y);
  }

  /** Writes what was carried beside bars, where the way to the next has room for it. */
  function drawVolumes(into, found, y) {
    found.forEach((bar, i) => {
      const carried = bar.carried + bar.free;
      const room = (i + 1 < found.length ? found[i + 1].a : Frame.right) - bar.b - 10;
      if (bar.b - bar.a < WRITTEN || room < WRITTEN) {
        return;
      }
      const text =
        (carried ? Text.bytes(carried) : "unused") +
        (carried && bar.capacity > 0 ? ", " + Text.share(bar.carried / bar.capacity, 0) : "");
      if (measure(text) <= room) {
        into.append(drawn("text", {class: "mute", x: bar.b + 5, y: y + 14}, text));
      }
    });
  }

  function drawFaults(into, row, y) {
    let stretches = "";
    let flags = "";
    let last = -9;
    for (const fault of row.faults) {
      const end = fault.at_s + fault.for_s;
      if (end < View.from || fault.at_s > View.to) {
        continue;
      }
      const a = Frame.inside(Frame.x(fault.at_s));
      const b = Frame.inside(Frame.x(end));
      if (b - a >= 2) {
        stretches += box(a, y + 2.5, b - a, ROW - 5);
      }
      if (fault.at_s >= View.from && a - last >= 3) {
        flags += "M" + (a - 4).toFixed(1) + " " + (y + 1) + "h8l-4 7z";
        last = a;
      }
    }
    if (stretches) {
      into.append(drawn("path", {class: "fault", d: stretches}));
    }
    if (flags) {
      into.append(drawn("path", {class: "flag", d: flags}));
    }
  }

  function drawAxis() {
    const svg = drawn("svg", {
      viewBox: "0 0 " + Frame.width + " " + AXIS,
      height: AXIS,
      "aria-hidden": "true",
    });
    const position = (at) => Frame.left + (at / View.end) * (Frame.right - Frame.left);
    svg.append(
      drawn("rect", {class: "track", x: Frame.left, y: 2, width: Frame.right - Frame.left, height: 6, rx: 3}),
    );
    svg.append(drawn("path", {class: "flag", d: ticksOfFaults(position)}));
    if (View.span < View.end) {
      const a = position(View.from);
      svg.append(
        drawn("rect", {
          class: "thumb",
          x: a,
          y: 2,
          width: Math.max(4, position(View.to) - a),
          height: 6,
          rx: 3,
        }),
      );
    }
    for (const mark of Ticks.marks()) {
      const x = Frame.x(mark.at);
      svg.append(
        drawn("line", {class: "base", x1: x, x2: x, y1: AXIS - 5, y2: AXIS}),
        Ticks.text(mark, AXIS - 9),
      );
    }
    axis.replaceChildren(svg);
  }

  function ticksOfFaults(position) {
    let path = "";
    let last = -9;
    for (const fault of data.faults) {
      const x = position(fault.at_s);
      if (x - last >= 2) {
        path += box(x - 0.5, 2, 1, 6);
        last = x;
      }
    }
    return path;
  }

  function draw() {
    if (!chart.isConnected) {
      return;
    }
    // Asked before anything changes: afterwards the answer would cost a layout.
    const [first, last] = inSight();
    drawAxis();
    const height = state.shown.length * ROW + 4;
    const svg = drawn("svg", {viewBox: "0 0 " + Frame.width + " " + height, height, "aria-hidden": "true"});
    let bands = "";
    for (let i = first; i < last; i++) {
      if (state.shown[i].kind === "node") {
        bands += box(0, i * ROW, Frame.width, ROW);
      }
    }
    svg.append(drawn("path", {class: "band", d: bands}));
    if (hasFocus()) {
      svg.append(
        drawn("rect", {class: "here", x: 0, y: state.chosen * ROW, width: Frame.width, height: ROW}),
      );
    }
    let grid = "";
    for (const mark of Ticks.marks()) {
      grid += "M" + Frame.x(mark.at).toFixed(1) + " 0V" + height;
    }
    svg.append(drawn("path", {class: "grid", d: grid}), ...unlisted(height));
    for (let i = first; i < last; i++) {
      drawRow(svg, state.shown[i], i * ROW);
    }
    if (data.violation && data.violation.at_s >= View.from && data.violation.at_s <= View.to) {
      const x = Frame.x(data.violation.at_s);
      svg.append(drawn("line", {class: "broken", x1: x, x2: x, y1: 0, y2: height}));
    }
    drawPicked(svg);
    cross = crosshair(svg, height);
    chart.replaceChildren(svg);
    note();
  }

  function drawRow(svg, row, y) {
    const node = row.kind === "node";
    const indent = node ? 4 : Frame.width < 560 ? 8 : 16;
    const weight = node ? 650 : 400;
    svg.append(
      drawn(
        "text",
        {x: indent, y: y + 14, class: node ? "strong" : ""},
        fitted(row.label, Frame.left - indent - 8, weight),
      ),
    );
    drawContacts(svg, row, y);
    drawFaults(svg, row, y);
  }

  /** What ended after the last that is listed is not listed: what is blank there was not blank. */
  function unlisted(height) {
    const from = data.contacts_left_out ? listedUntil : View.end;
    const a = Frame.inside(Frame.x(from));
    if (from >= View.to || a >= Frame.right) {
      return [];
    }
    return [
      drawn("rect", {class: "unlisted", x: a, y: 0, width: Frame.right - a, height}),
      drawn(
        "text",
        {class: "mute", x: a + 8, y: ROW + 14},
        fitted("contacts that ended later are not listed", Frame.right - a - 12),
      ),
    ];
  }

  /** Which rows are on the screen, or all of them on paper. */
  function inSight() {
    if (Page.printing || state.shown.length <= MANY) {
      return [0, state.shown.length];
    }
    const first = Math.max(0, Math.floor(chart.scrollTop / ROW) - 3);
    const many = Math.ceil(Math.max(innerHeight, 560) / ROW) + 6;
    return [first, Math.min(state.shown.length, first + many)];
  }

  function drawPicked(svg) {
    const at = state.picked ? state.shown.indexOf(state.picked.row) : -1;
    if (at < 0 || state.picked.to < View.from || state.picked.from > View.to) {
      return;
    }
    const a = Frame.inside(Frame.x(state.picked.from));
    const b = Frame.inside(Frame.x(state.picked.to));
    svg.append(
      drawn("rect", {
        class: "picked",
        x: a - 1.5,
        y: at * ROW + 1.5,
        width: Math.max(1, b - a) + 3,
        height: ROW - 3,
        rx: 2,
      }),
    );
  }

  function note() {
    const parts = [
      View.span < View.end
        ? Text.instant(View.from, View.span / 500) +
          " to " +
          Text.instant(View.to, View.span / 500) +
          ", " +
          Text.duration(View.span) +
          " of " +
          Text.duration(View.end)
        : Text.count(data.contacts.length) + " over " + Text.duration(View.end),
    ];
    byId("contacts-note").replaceChildren(parts.join(""));
    if (data.contacts_left_out) {
      byId("contacts-note").append(
        "; ",
        element("span", {class: "notice"}, Text.count(data.contacts_left_out) + " more are not listed"),
      );
    }
  }

  const hasFocus = () => document.activeElement === chart;

  function begin(report) {
    data = report;
    listedUntil = data.contacts.reduce((end, each) => Math.max(end, each.to_s), 0);
    axis = byId("contacts-axis");
    chart = byId("contacts-chart");
    View.onDraw(draw);
    View.onCross((at) => cross(at));
  }

  return {begin, state, hasFocus, ROW, AXIS, FULL, MANY};
})();
