/* How long deliveries took, by class, on one logarithmic axis. */

const Latency = (() => {
  const PLOT = 54;
  const ABOVE = 18;
  const AXIS = 22;
  const MARKS = [
    1e-9,
    1e-8,
    1e-7,
    1e-6,
    1e-5,
    1e-4,
    1e-3,
    1e-2,
    0.1,
    1,
    10,
    MINUTE,
    10 * MINUTE,
    HOUR,
    6 * HOUR,
    DAY,
    7 * DAY,
    30 * DAY,
    100 * DAY,
    1000 * DAY,
    10000 * DAY,
  ];
  const QUANTILES = [
    ["p50_s", "p50"],
    ["p95_s", "p95"],
    ["p99_s", "p99"],
  ];
  const LEAST = 1e-9;

  let list = [];
  let chart;

  /** Where a bar begins: bars are an eighth of their power of two wide, the smallest a nanosecond. */
  function from(bar) {
    const nanos = bar.to_s * 1e9;
    // A little less than the bound, which may have been rounded up to the next power.
    const power = Math.floor(Math.log2(Math.max(1, nanos * 0.9999)));
    return Math.max(0, nanos + 1 - 2 ** Math.max(0, power - 3)) / 1e9;
  }

  function draw() {
    const width = Math.max(280, chart.clientWidth);
    const left = width < 560 ? 84 : 104;
    const right = width - 10;
    const low = Math.min(...list.map((each) => Math.max(LEAST, from(each.bars[0] || {to_s: each.p50_s}))));
    const high = Math.max(low * 4, ...list.map((each) => each.max_s));
    const a = Math.log10(low) - 0.05;
    const b = Math.log10(high) + 0.05;
    const x = (seconds) => left + ((Math.log10(Math.max(LEAST, seconds)) - a) / (b - a)) * (right - left);
    const row = ABOVE + PLOT + 8;
    const height = list.length * row + AXIS;
    const svg = drawn("svg", {
      viewBox: "0 0 " + width + " " + height,
      height,
      role: "img",
      "aria-label": list
        .map(
          (each) =>
            each.class +
            ": half within " +
            Text.duration(each.p50_s) +
            ", 95 of 100 within " +
            Text.duration(each.p95_s),
        )
        .join("; "),
    });
    drawAxis(svg, x, low, high, height, left, right);
    list.forEach((each, i) => drawClass(svg, each, x, i * row, left, right));
    chart.replaceChildren(svg);
  }

  function drawAxis(svg, x, low, high, height, left, right) {
    let last = -99;
    for (const mark of MARKS) {
      const at = x(mark);
      if (at < left - 1 || at > right + 1 || at - last < 54) {
        continue;
      }
      last = at;
      const near = at - left < 14 ? "start" : right - at < 14 ? "end" : "middle";
      svg.append(
        drawn("line", {class: "grid", x1: at, x2: at, y1: 0, y2: height - AXIS}),
        drawn("text", {class: "mute", x: at, y: height - 6, "text-anchor": near}, Text.duration(mark)),
      );
    }
  }

  function drawClass(svg, each, x, y, left, right) {
    const top = y + ABOVE;
    const bottom = top + PLOT;
    const most = Math.max(1, ...each.bars.map((bar) => bar.count));
    let path = "";
    for (const bar of each.bars) {
      const a = Math.max(left, x(from(bar)));
      const tall = Math.max(1, (bar.count / most) * PLOT);
      path += box(a, bottom - tall, Math.max(1, x(bar.to_s) - a - 0.4), tall);
    }
    svg.append(
      drawn("path", {class: "bar", d: path}),
      drawn("line", {class: "base", x1: left, x2: right, y1: bottom + 0.5, y2: bottom + 0.5}),
      drawn("text", {class: "strong", x: 4, y: top + 22}, each.class),
      drawn("text", {class: "mute", x: 4, y: top + 38}, fitted(Text.count(each.count), left - 12)),
    );
    drawQuantiles(svg, each, x, top, bottom, right);
    const area = drawn("rect", {x: left, y: top, width: right - left, height: PLOT, fill: "transparent"});
    area.addEventListener("pointermove", (event) => point(event, each, x));
    area.addEventListener("pointerleave", Tip.hide);
    svg.append(area);
  }

  /** The lines of the three quantiles; a name moves to the right until it is clear of the one before it. */
  function drawQuantiles(svg, each, x, top, bottom, right) {
    let free = -99;
    const places = QUANTILES.map(([field, name]) => {
      const at = x(each[field]);
      const place = Math.max(at, free);
      free = place + 27;
      return {at, name, place};
    });
    const over = Math.max(0, places[2].place - (right - 12));
    places.forEach(({at, name, place}, i) => {
      svg.append(
        drawn("line", {class: "quantile", x1: at, x2: at, y1: top - 4, y2: bottom}),
        drawn(
          "text",
          {
            class: "halo",
            x: over ? Math.min(place, right - 12 - 27 * (2 - i)) : place,
            y: top - 7,
            "text-anchor": "middle",
          },
          name,
        ),
      );
    });
  }

  function point(event, each, x) {
    const area = chart.getBoundingClientRect();
    const at = event.clientX - area.left;
    const bar = each.bars.find((one) => x(from(one)) - 0.5 <= at && at <= x(one.to_s) + 0.5);
    if (!bar) {
      Tip.hide();
      return;
    }
    const within = each.bars.reduce((sum, one) => (one.to_s <= bar.to_s ? sum + one.count : sum), 0);
    Tip.show(event.clientX, event.clientY, [
      each.class,
      Text.count(bar.count) + " took " + Text.duration(from(bar)) + " to " + Text.duration(bar.to_s),
      Text.share(within / each.count, 2) + " took no longer",
    ]);
  }

  function begin(report) {
    // The most urgent first.
    list = [...report.latencies].reverse().filter((each) => each.count > 0);
    if (!list.length) {
      byId("latencies").remove();
      return;
    }
    chart = byId("latencies-chart");
    table(
      "latencies-table",
      [
        {name: "Class"},
        {name: "Delivered", class: "n less"},
        {name: "p50", class: "n"},
        {name: "p95", class: "n"},
        {name: "p99", class: "n"},
        {name: "Longest", class: "n"},
      ],
      list.map((each) => [
        each.class,
        Text.count(each.count),
        Text.duration(each.p50_s),
        Text.duration(each.p95_s),
        Text.duration(each.p99_s),
        Text.duration(each.max_s),
      ]),
    );
    draw();
  }

  return {begin, draw: () => list.length && draw()};
})();
