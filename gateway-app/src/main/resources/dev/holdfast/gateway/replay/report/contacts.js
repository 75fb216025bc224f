/* The section of contacts: what hands and keys do in the timeline, its legend, and the sums by link. */

const Contacts = (() => {
  const {state, ROW, AXIS, FULL, MANY} = Timeline;

  let data;
  let rows = [];
  let axis;
  let chart;

  /** What lies below a hand. */
  function below(at) {
    const row = state.shown[Math.floor(at.y / ROW)];
    return row && Rows.under(row, at.x);
  }

  function point(at) {
    View.cross(at.x >= Frame.left && at.x <= Frame.right ? Frame.time(at.x) : undefined);
    const found = below(at);
    if (found && (found.contacts.length || found.faults.length || found.name)) {
      Tip.show(at.screenX, at.screenY, Words.all(found));
    } else if (at.x >= Frame.left && found) {
      Tip.show(at.screenX, at.screenY, [Words.precise(Frame.time(at.x)), found.row.title]);
    } else {
      Tip.hide();
    }
  }

  function leave() {
    View.cross(undefined);
    Tip.hide();
  }

  function tap(at) {
    chart.focus({preventScroll: true});
    const found = below(at);
    if (found) {
      state.chosen = state.shown.indexOf(found.row);
      const one = found.contacts[0];
      state.picked = one ? {row: found.row, from: one.from_s, to: one.to_s, contact: one} : undefined;
      View.redraw();
    }
  }

  /** Goes to the next thing of the chosen row, or the one before. */
  function step(forward) {
    const row = state.shown[state.chosen];
    if (!row) {
      return;
    }
    const things = [
      ...row.contacts.map((contact) => ({row, from: contact.from_s, to: contact.to_s, contact})),
      ...row.faults.map((fault) => ({row, from: fault.at_s, to: fault.at_s + fault.for_s, fault})),
    ].sort((a, b) => a.from - b.from || a.to - b.to);
    const here =
      state.picked && state.picked.row === row
        ? things.findIndex(
            (thing) =>
              thing.contact === state.picked.contact &&
              thing.fault === state.picked.fault &&
              thing.from === state.picked.from,
          )
        : -1;
    const start = here < 0 ? things.findIndex((thing) => thing.to >= View.from) - (forward ? 1 : 0) : here;
    const next = things[start + (forward ? 1 : -1)];
    if (next) {
      pick(next);
    } else {
      say("No more in this row");
    }
  }

  function pick(thing) {
    state.picked = thing;
    state.chosen = state.shown.indexOf(thing.row);
    View.reveal(thing.from, thing.to);
    View.redraw();
    const lines = [
      thing.row.title,
      ...(thing.contact ? Words.contact(thing.contact) : [Words.fault(thing.fault)]),
    ];
    say(lines.join(", "));
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        bringRow();
        const area = chart.getBoundingClientRect();
        Tip.show(
          area.left + Frame.inside(Frame.x(thing.from)),
          area.top + state.chosen * ROW - chart.scrollTop + ROW,
          lines,
        );
      }),
    );
  }

  /** The fault after the one that is picked, or after the left edge. */
  function nextFault() {
    const all = state.shown
      .flatMap((row) =>
        row.faults.map((fault) => ({row, from: fault.at_s, to: fault.at_s + fault.for_s, fault})),
      )
      .sort((a, b) => a.from - b.from || state.shown.indexOf(a.row) - state.shown.indexOf(b.row));
    const here = state.picked?.fault
      ? all.findIndex((each) => each.fault === state.picked.fault && each.row === state.picked.row)
      : -1;
    const next = here >= 0 ? all[here + 1] : all.find((each) => each.from >= View.from);
    if (next || all.length) {
      chart.focus({preventScroll: true});
      pick(next || all[0]);
    }
  }

  function bringRow() {
    const top = state.chosen * ROW;
    if (top < chart.scrollTop) {
      chart.scrollTop = top;
    } else if (top + ROW > chart.scrollTop + chart.clientHeight) {
      chart.scrollTop = top + ROW - chart.clientHeight;
    }
  }

  function say(text) {
    byId("spoken").textContent = text;
  }

  function moveRow(by) {
    state.chosen = Math.max(0, Math.min(state.shown.length - 1, state.chosen + by));
    state.picked = undefined;
    Tip.hide();
    bringRow();
    View.redraw();
    const row = state.shown[state.chosen];
    if (!row) {
      return;
    }
    say(
      row.title +
        ": " +
        (row.kind === "node" ? "" : Text.many(row.contacts.length, "contact") + ", ") +
        Text.many(row.faults.length, "fault"),
    );
  }

  const DO = {
    left: () => View.move(-0.25),
    right: () => View.move(0.25),
    in: () => View.zoom(0.5),
    out: () => View.zoom(2),
    all: () => View.all(),
    fault: nextFault,
  };

  const KEYS = {
    ArrowLeft: DO.left,
    ArrowRight: DO.right,
    "+": DO.in,
    "=": DO.in,
    "-": DO.out,
    0: DO.all,
    Home: () => View.set(0, View.span),
    End: () => View.set(View.end - View.span, View.end),
    PageUp: () => View.move(-1),
    PageDown: () => View.move(1),
    ArrowUp: () => moveRow(-1),
    ArrowDown: () => moveRow(1),
    n: () => step(true),
    p: () => step(false),
    f: DO.fault,
    Escape: () => {
      state.picked = undefined;
      Tip.hide();
      View.redraw();
    },
  };

  function keys(event) {
    const act = KEYS[event.key] || KEYS[event.key.toLowerCase()];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  }

  /** Dragging along the axis chooses a stretch; the strip above it goes to a place. */
  function handleAxis() {
    let start;
    let mark;
    const place = (event) => event.clientX - axis.getBoundingClientRect().left;
    const jump = (event) => {
      const at = ((place(event) - Frame.left) / (Frame.right - Frame.left)) * View.end;
      View.set(at - View.span / 2, at + View.span / 2);
    };
    axis.addEventListener("pointerdown", (event) => {
      axis.setPointerCapture(event.pointerId);
      start = {x: place(event), strip: event.clientY - axis.getBoundingClientRect().top < 10};
      if (start.strip) {
        jump(event);
        return;
      }
      mark = drawn("rect", {class: "choice", x: start.x, y: 10, width: 0, height: AXIS - 10});
      axis.firstChild.append(mark);
    });
    axis.addEventListener("pointermove", (event) => {
      if (start?.strip) {
        jump(event);
      } else if (start) {
        const x = place(event);
        mark.setAttribute("x", Math.min(x, start.x));
        mark.setAttribute("width", Math.abs(x - start.x));
      }
    });
    axis.addEventListener("pointercancel", () => {
      start = undefined;
      View.redraw();
    });
    axis.addEventListener("pointerup", (event) => {
      const x = place(event);
      if (start && !start.strip && Math.abs(x - start.x) > 4) {
        View.set(
          Frame.time(Frame.inside(Math.min(x, start.x))),
          Frame.time(Frame.inside(Math.max(x, start.x))),
        );
      } else {
        View.redraw();
      }
      start = undefined;
    });
  }

  function filter(text) {
    const wanted = text.trim().toLowerCase();
    const fits = (row) => row.words.toLowerCase().includes(wanted);
    const heads = new Set(rows.filter(fits).map((row) => row.node || row.name));
    state.shown = wanted
      ? rows.filter((row) => (row.kind === "node" ? heads.has(row.name) : fits(row)))
      : rows;
    state.chosen = 0;
    state.picked = undefined;
    chart.scrollTop = 0;
    View.redraw();
  }

  function legend() {
    const sample = (...parts) => drawn("svg", {viewBox: "0 0 22 14", "aria-hidden": "true"}, parts);
    const room = () => [
      drawn("path", {class: "room", d: box(0, 0, 22, 14)}),
      drawn("path", {class: "edge", d: box(0.5, 0.5, 21, 13)}),
    ];
    const entries = [
      [
        sample(room(), drawn("path", {class: "used", d: box(0, 8, 22, 6)})),
        "contact; filled as far as its volume was used",
      ],
    ];
    if (
      data.contacts.some(
        (each) => each.capacity_bytes > 0 && each.carried_bytes >= FULL * each.capacity_bytes,
      )
    ) {
      entries.push([
        sample(room(), drawn("path", {class: "full", d: box(0, 0, 22, 14)})),
        "used up (98 % or more)",
      ]);
    }
    if (data.contacts.some((each) => each.capacity_bytes === undefined)) {
      entries.push([
        sample(room(), drawn("path", {class: "free", d: box(0, 5, 22, 4)})),
        "carried something, without a limit",
      ]);
    }
    if (data.faults.length) {
      entries.push([
        sample(
          drawn("path", {class: "fault", d: box(4, 1.5, 17.5, 11)}),
          drawn("path", {class: "flag", d: "M0 1h8l-4 7z"}),
        ),
        "fault, from its beginning on",
      ]);
    }
    if (data.violation) {
      entries.push([sample(drawn("line", {class: "broken", x1: 11, x2: 11, y1: 0, y2: 14})), "rule broken"]);
    }
    byId("contacts-legend").replaceChildren(
      ...entries.map(([picture, text]) => element("li", {}, picture, text)),
    );
  }

  /** What a link came to, over all its contacts. */
  function links() {
    const found = rows.filter((row) => row.kind === "link");
    table(
      "links-table",
      [
        {name: "Link", class: "wrap"},
        {name: "Contacts", class: "n"},
        {name: "Open", class: "n less"},
        {name: "Carried", class: "n"},
        {name: "Of its volume", class: "once"},
        {name: "Faults", class: "n"},
      ],
      found.map((row) => {
        const limited = row.contacts.filter((each) => each.capacity_bytes !== undefined);
        const capacity = limited.reduce((sum, each) => sum + each.capacity_bytes, 0);
        const used = limited.reduce((sum, each) => sum + each.carried_bytes, 0);
        const meter =
          capacity > 0
            ? [
                element(
                  "span",
                  {class: "meter", "aria-hidden": "true"},
                  element("i", {style: "width:" + (100 * Rows.share(capacity, used)).toFixed(1) + "%"}),
                ),
                Text.share(used / capacity),
              ]
            : limited.length
              ? "no volume"
              : row.contacts.length
                ? "no limit"
                : "–";
        return [
          row.title,
          Text.count(row.contacts.length),
          Text.duration(row.contacts.reduce((sum, each) => sum + each.to_s - each.from_s, 0)),
          Text.bytes(row.contacts.reduce((sum, each) => sum + each.carried_bytes, 0)),
          meter,
          Text.count(row.faults.length),
        ];
      }),
    );
    if (data.contacts_left_out) {
      byId("links-note").textContent = "sums of the contacts that are listed";
    }
  }

  function begin(report) {
    data = report;
    if (!data.contacts.length && !data.faults.length) {
      byId("contacts").remove();
      byId("links").remove();
      return;
    }
    axis = byId("contacts-axis");
    chart = byId("contacts-chart");
    rows = Rows.build(data);
    state.shown = rows;
    Frame.measureIn(chart);
    links();
    legend();
    byId("filter-label").hidden = rows.length < 12;
    chart.classList.toggle("many", rows.length > MANY);
    byId("filter").addEventListener("input", (event) => filter(event.target.value));
    for (const button of document.querySelectorAll("#contacts [data-do]")) {
      button.hidden = button.dataset.do === "fault" && !data.faults.length;
      button.addEventListener("click", DO[button.dataset.do]);
    }
    chart.addEventListener("keydown", keys);
    chart.addEventListener("focus", View.redraw);
    chart.addEventListener("blur", () => {
      Tip.hide();
      View.redraw();
    });
    chart.addEventListener("scroll", () => {
      Tip.hide();
      View.redraw();
    });
    handle(chart, {
      point,
      leave,
      tap,
      chosen: () => Timeline.hasFocus() && chart.scrollHeight <= chart.clientHeight,
    });
    handleAxis();
    Timeline.begin(data);
  }

  return {begin, frame: () => byId("contacts-chart")};
})();
