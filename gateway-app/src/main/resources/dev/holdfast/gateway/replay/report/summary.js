/* Head, broken rule, expectations, fates, totals, faults: what is said in words and tables. */

const Summary = (() => {
  const FATES = [
    ["delivered", "Delivered", "--delivered"],
    ["held", "Still held", "--held"],
    ["expired", "Expired", "--expired"],
    ["deleted", "Deleted", "--deleted"],
    ["best_effort_lost", "Best-effort lost", "--lost"],
    ["excused", "Excused", "--excused"],
  ];
  const EXPLAINED = {
    held: "Their lifetime is not over and some node has them",
    deleted: "They ended for another reason than their lifetime, and it was told",
    best_effort_lost: "A crash took them; their senders had agreed to that",
    excused: "Lost by what no gateway can help: a store put back, a neighbour that lies",
  };
  const TOTALS = [
    ["refused", "Refused at the source"],
    ["repetitions", "Handed out again"],
    ["duplicates", "Duplicates not taken"],
    ["transfers", "Transfers begun"],
    ["transfers_failed", "Transfers failed"],
    ["fragments", "Fragments cut"],
    ["crashes", "Crashes"],
  ];

  function verdict(data) {
    const missed = data.expectations.filter((each) => !each.met).length;
    if (data.violation) {
      return "Rule broken";
    }
    return missed ? "Failed: " + missed + " of " + data.expectations.length + " not met" : "Passed";
  }

  /** What the verdict rests on, where that is less than it might seem. */
  function because(data) {
    return data.expectations.length || data.violation
      ? ""
      : "no rule was broken; the scenario expects nothing else";
  }

  function head(data) {
    document.title = data.scenario + ", seed " + data.seed + ": " + (data.passed ? "passed" : "failed");
    byId("scenario").textContent = data.scenario;
    const kind = data.passed ? "good" : "bad";
    byId("verdict").replaceChildren(
      element("span", {class: "pill " + kind}, (data.passed ? "✓ " : "✗ ") + verdict(data)),
      element("span", {class: "mute because"}, because(data)),
    );
    byId("facts").classList.add(kind);
    const speed = data.speed;
    const figures = [
      ["Verdict", verdict(data)],
      ["Seed", data.seed],
      ["Virtual time", Text.duration(data.duration_s)],
      ["Real time", Text.duration(speed.real_s)],
      ["Speed-up", speed.speed_up === undefined ? "–" : Text.three(speed.speed_up) + NARROW + "×"],
      ["Events", Text.count(data.events)],
      ["Events/s", speed.events_per_s === undefined ? "–" : Text.three(speed.events_per_s)],
      ["Hash of all that happened", data.hash, "long"],
    ];
    byId("figures").replaceChildren(
      ...figures.map(([name, value, kind]) =>
        element("div", {}, element("dt", {}, name), element("dd", {class: kind}, value)),
      ),
    );
    byId("command").textContent = data.command;
    byId("copy").addEventListener("click", () => copy(data.command));
  }

  async function copy(text) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (refused) {
      // Some browsers give pages from files no clipboard; what is selected can still be copied.
      getSelection().selectAllChildren(byId("command"));
      done = document.execCommand("copy");
    }
    byId("copied").textContent = done ? "Copied" : "Selected: press Ctrl + C";
    setTimeout(() => (byId("copied").textContent = ""), 4000);
  }

  function violation(broken) {
    if (!broken) {
      return;
    }
    const section = byId("violation");
    section.hidden = false;
    section.replaceChildren(
      element(
        "h2",
        {id: "violation-title"},
        "Rule broken: " + broken.rule,
        element(
          "span",
          {class: "mute"},
          "at " + Text.instant(broken.at_s, 1e-6) + " of virtual time; it ended the run",
        ),
      ),
      element("p", {class: "what"}, broken.what),
    );
    if (broken.before.length) {
      section.append(
        element("div", {class: "mute"}, "What happened last, oldest first"),
        element(
          "ol",
          {class: "log", tabindex: 0, "aria-label": "What happened last"},
          broken.before.map((line) => element("li", {}, line)),
        ),
      );
    }
  }

  /** Both values with so many digits that they differ where they do. */
  function quantities(expectation) {
    const {expected, actual, unit} = expectation;
    for (let digits = 1; digits <= 9; digits++) {
      const texts = [expected, actual].map((value) => quantity(value, unit, digits));
      if (texts[0] !== texts[1] || expected === actual) {
        return texts;
      }
    }
    return [String(expected), String(actual)];
  }

  function quantity(value, unit, digits) {
    if (value === undefined) {
      return "no value";
    }
    if (digits > 1) {
      return unit === "share"
        ? Text.share(value, digits)
        : unit === "bytes"
          ? Text.count(value) + " B"
          : value.toFixed(digits - 1) + (unit === "s" ? " s" : "");
    }
    return unit === "share"
      ? Text.share(value, 2)
      : unit === "s"
        ? Text.duration(value)
        : unit === "bytes"
          ? Text.bytes(value)
          : Number.isInteger(value)
            ? Text.count(value)
            : Text.three(value);
  }

  function expectations(list) {
    const missed = list.filter((each) => !each.met).length;
    if (!list.length) {
      byId("expectations").remove();
      byId("fates").className = "w12";
      return;
    }
    byId("expectations-note").textContent = missed
      ? missed + " of " + list.length + " not met"
      : list.length === 1
        ? "met"
        : "all " + list.length + " met";
    const ordered = [...list].sort((a, b) => a.met - b.met);
    table(
      "expectations-table",
      [
        {name: "As written", class: "wrap"},
        {name: "Expected", class: "n"},
        {name: "Came to", class: "n"},
        {name: ""},
      ],
      ordered.map((each) => {
        const [expected, actual] = quantities(each);
        return [
          element("code", {}, each.text),
          (each.bound === "at_least" ? "≥ " : "≤ ") + expected,
          actual,
          element("span", {class: "pill " + (each.met ? "good" : "bad")}, each.met ? "✓ met" : "✗ not met"),
        ];
      }),
    );
  }

  function fates(totals) {
    const parts = FATES.map(([key, name, colour]) => ({key, name, colour, value: totals[key]}));
    const rest = totals.created - parts.reduce((sum, part) => sum + part.value, 0);
    if (rest) {
      parts.push({
        key: "rest",
        name: rest > 0 ? "Not accounted for" : "Counted twice",
        colour: "--unaccounted",
        value: Math.abs(rest),
      });
    }
    byId("fates-note").textContent = Text.count(totals.created) + " created";
    bar(parts);
    table(
      "fates-table",
      [{name: "Became"}, {name: "Bundles", class: "n"}, {name: "Share", class: "n"}],
      parts.map((part) => {
        const row = [
          element("span", {title: EXPLAINED[part.key]}, swatch(part.colour), part.name),
          Text.count(part.value),
          totals.created ? Text.share(part.value / totals.created, 2) : "–",
        ];
        row.rowClass = part.value ? undefined : "none";
        return row;
      }),
    );
    table(
      "totals-table",
      [{name: "Beside that"}, {name: "Times", class: "n"}],
      TOTALS.map(([key, name]) => {
        const row = [name, Text.count(totals[key])];
        row.rowClass = totals[key] ? undefined : "none";
        return row;
      }),
    );
  }

  const swatch = (colour) => element("i", {class: "swatch", style: "background:var(" + colour + ")"});

  /** One bar of all fates; what is there at all is at least two pixels wide. */
  function bar(parts) {
    const there = parts.filter((part) => part.value > 0);
    const whole = there.reduce((sum, part) => sum + part.value, 0);
    if (!whole) {
      return;
    }
    const width = 1000;
    const least = 5;
    const wide = width - least * there.length;
    let at = 0;
    const said = there.map((part) => part.name + " " + Text.count(part.value)).join(", ");
    const svg = drawn("svg", {
      viewBox: "0 0 " + width + " 22",
      height: 22,
      width: "100%",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": said,
    });
    for (const part of there) {
      const size = least + (wide * part.value) / whole;
      const rect = drawn("rect", {
        x: at,
        width: Math.max(1, size - 1.5),
        height: 22,
        style: "fill:var(" + part.colour + ")",
      });
      rect.addEventListener("pointermove", (event) =>
        Tip.show(
          event.clientX,
          event.clientY,
          [
            part.name,
            Text.many(part.value, "bundle") + ", " + Text.share(part.value / whole, 2),
            EXPLAINED[part.key],
          ].filter(Boolean),
        ),
      );
      rect.addEventListener("pointerleave", Tip.hide);
      svg.append(rect);
      at += size;
    }
    byId("fates-bar").replaceChildren(svg);
  }

  function faults(list, end) {
    if (!list.length) {
      byId("faults").remove();
      return;
    }
    const most = 1000;
    byId("faults-note").textContent =
      Text.many(list.length, "fault") +
      (list.length > most ? "; the first " + Text.count(most) + " are listed" : "");
    table(
      "faults-table",
      [
        {name: "At", class: "once"},
        {name: "For", class: "once"},
        {name: "Where", class: "wrap"},
        {name: "What", class: "wrap"},
      ],
      list
        .slice(0, most)
        .map((each) => [
          Text.instant(each.at_s, Math.min(1, end / 1e4)),
          each.for_s ? Text.duration(each.for_s) : "–",
          each.where.replace(">", " → "),
          each.what,
        ]),
    );
  }

  function show(data) {
    head(data);
    violation(data.violation);
    expectations(data.expectations);
    fates(data.totals);
    faults(data.faults, data.duration_s);
  }

  return {show};
})();
