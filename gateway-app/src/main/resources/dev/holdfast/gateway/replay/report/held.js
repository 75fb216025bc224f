/* What every node held over time: a small chart for each, below one another, over the same time as the contacts. */

const Held = (() => {
  const ROW = 46;
  const GAP = 8;
  const AXIS = 20;
  const FIRST = 12;

  let data;
  let chart;
  let nodes = [];
  let unit = "bundles";
  let same = true;
  let everyone = false;
  let cross = () => {};
  let faults = new Map();

  const most = (node) => (unit === "bundles" ? node.most_bundles : node.most_bytes);
  const said = (value) => (unit === "bundles" ? Text.count(value) : Text.bytes(value));
  const words = (value) => (unit === "bundles" ? Text.many(value, "bundle") : Text.bytes(value));

  /** The most between two instants; a sample stands for the step that ends with it. */
  function mostBetween(node, from, to) {
    const samples = node[unit];
    const first = Math.max(0, Math.floor(from / node.step_s));
    const last = Math.min(samples.length - 1, Math.floor(to / node.step_s));
    let found = samples[first] ?? 0;
    for (let i = first + 1; i <= last; i++) {
      found = Math.max(found, samples[i]);
    }
    return found;
  }

  /** The course as a line of steps, one for a pixel at most. */
  function course(node, y, scale) {
    const height = (value) => (y + ROW - Math.min(ROW, (value / scale) * ROW)).toFixed(1);
    const end = Math.min(View.to, node.step_s * node[unit].length);
    let path = "";
    if (node.step_s > Frame.perPixel) {
      const first = Math.max(0, Math.floor(View.from / node.step_s));
      for (let i = first; i * node.step_s < end; i++) {
        const a = Frame.inside(Frame.x(i * node.step_s)).toFixed(1);
        path += (path ? "H" + a + "V" : "M" + a + " ") + height(node[unit][i]);
      }
    } else {
      for (let x = Math.floor(Frame.left); x < Frame.right && Frame.time(x) < end; x++) {
        path +=
          (path ? "H" + x + "V" : "M" + x + " ") +
          height(mostBetween(node, Frame.time(x), Frame.time(x + 1)));
      }
    }
    return path && path + "H" + Frame.inside(Frame.x(end)).toFixed(1);
  }

  function drawNode(svg, node, y, scale) {
    const bottom = y + ROW;
    let bands = "";
    for (const fault of faults.get(node.node)) {
      if (fault.at_s + fault.for_s >= View.from && fault.at_s <= View.to) {
        const a = Frame.inside(Frame.x(fault.at_s));
        bands += box(a, y, Math.max(1.5, Frame.inside(Frame.x(fault.at_s + fault.for_s)) - a), ROW);
      }
    }
    svg.append(drawn("path", {class: "fault-band", d: bands}));
    const path = course(node, y, scale);
    if (path) {
      const left = path.slice(1, path.indexOf(" "));
      svg.append(
        drawn("path", {class: "area", d: path + "V" + bottom + "H" + left + "z"}),
        drawn("path", {class: "line", d: path}),
      );
    }
    svg.append(
      drawn("line", {class: "base", x1: Frame.left, x2: Frame.right, y1: bottom + 0.5, y2: bottom + 0.5}),
      drawn("text", {class: "strong", x: 4, y: y + 18}, fitted(node.node, Frame.left - 12, 650)),
      drawn("text", {class: "mute", x: 4, y: y + 34}, fitted("most " + said(most(node)), Frame.left - 12)),
    );
  }

  /** All nodes, or those that held most if they are too many at first; in the order of the run. */
  function listed() {
    if (everyone || Page.printing || nodes.length <= FIRST) {
      return nodes;
    }
    const largest = [...nodes].sort((a, b) => most(b) - most(a)).slice(0, FIRST);
    return nodes.filter((node) => largest.includes(node));
  }

  function draw() {
    if (!chart.isConnected) {
      return;
    }
    const list = listed();
    const height = list.length * (ROW + GAP) + AXIS;
    const svg = drawn("svg", {
      viewBox: "0 0 " + Frame.width + " " + height,
      height,
      role: "img",
      "aria-label": list.map((node) => node.node + ": most " + words(most(node))).join("; "),
    });
    let grid = "";
    for (const mark of Ticks.marks()) {
      const x = Frame.x(mark.at);
      grid += "M" + x.toFixed(1) + " 0V" + (height - AXIS);
      svg.append(Ticks.text(mark, height - 4));
    }
    svg.prepend(drawn("path", {class: "grid", d: grid}));
    const highest = Math.max(1, ...nodes.map(most));
    list.forEach((node, i) =>
      drawNode(svg, node, i * (ROW + GAP) + GAP / 2, same ? highest : Math.max(1, most(node))),
    );
    if (data.violation && data.violation.at_s >= View.from && data.violation.at_s <= View.to) {
      const x = Frame.x(data.violation.at_s);
      svg.append(drawn("line", {class: "broken", x1: x, x2: x, y1: 0, y2: height - AXIS}));
    }
    cross = crosshair(svg, height - AXIS);
    chart.replaceChildren(svg, ...more(list.length));
    byId("held-note").textContent =
      (View.span < View.end
        ? Text.instant(View.from, View.span / 500) + " to " + Text.instant(View.to, View.span / 500)
        : "over " + Text.duration(View.end)) +
      (same ? "; full height is " + words(highest) : "; full height is each node's most") +
      (list.length < nodes.length
        ? "; the " + list.length + " of " + nodes.length + " nodes that held most"
        : "");
  }

  function more(shown) {
    if (shown === nodes.length) {
      return [];
    }
    const button = element("button", {type: "button"}, "All " + nodes.length + " nodes");
    button.addEventListener("click", () => {
      everyone = true;
      View.redraw();
    });
    return [button];
  }

  function point(at) {
    const inside = at.x >= Frame.left && at.x <= Frame.right;
    const node = listed()[Math.floor(at.y / (ROW + GAP))];
    View.cross(inside ? Frame.time(at.x) : undefined);
    if (!node) {
      Tip.hide();
      return;
    }
    if (!inside) {
      Tip.show(at.screenX, at.screenY, [
        node.node,
        "most " + Text.many(node.most_bundles, "bundle") + ", most " + Text.bytes(node.most_bytes),
      ]);
      return;
    }
    const time = Frame.time(at.x);
    const i = Math.max(0, Math.min(node.bundles.length - 1, Math.floor(time / node.step_s)));
    const wrong = faults
      .get(node.node)
      .filter(
        (fault) =>
          fault.at_s <= time + Frame.perPixel * 2 && fault.at_s + fault.for_s >= time - Frame.perPixel * 2,
      );
    Tip.show(at.screenX, at.screenY, [
      node.node,
      Text.instant(time, View.span / 500),
      Text.many(node.bundles[i] ?? 0, "bundle") + ", " + Text.bytes(node.bytes[i] ?? 0),
      ...wrong.map((fault) => "Fault: " + fault.what),
    ]);
  }

  function leave() {
    View.cross(undefined);
    Tip.hide();
  }

  function choose(attribute, act) {
    const buttons = document.querySelectorAll("#held [" + attribute + "]");
    for (const button of buttons) {
      button.addEventListener("click", () => {
        buttons.forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
        act(button.getAttribute(attribute));
        View.redraw();
      });
    }
  }

  function sortFaults() {
    faults = new Map(nodes.map((node) => [node.node, []]));
    for (const fault of data.faults) {
      const names = faults.has(fault.where) ? [fault.where] : fault.where.split(/,\s*/);
      names.forEach((name) => faults.get(name)?.push(fault));
    }
  }

  function begin(report) {
    data = report;
    nodes = data.nodes.filter((node) => node.bundles.length && node.step_s > 0);
    if (!nodes.length) {
      byId("held").remove();
      return;
    }
    sortFaults();
    chart = byId("held-chart");
    if (!Contacts.frame()) {
      Frame.measureIn(chart);
    }
    choose("data-unit", (value) => (unit = value));
    choose("data-scale", (value) => (same = value === "same"));
    handle(chart, {point, leave});
    View.onDraw(draw);
    View.onCross((at) => cross(at));
  }

  return {begin, frame: () => byId("held-chart")};
})();
