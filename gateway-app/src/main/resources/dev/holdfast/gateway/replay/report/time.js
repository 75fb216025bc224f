/* The stretch of virtual time that is shown, the same for all charts over time, and how hands change it. */

const View = (() => {
  const redraws = [];
  const crosses = [];
  let end = 1;
  let from = 0;
  let to = 1;
  let waiting = false;

  function begin(seconds) {
    end = seconds > 0 ? seconds : 1;
    from = 0;
    to = end;
  }

  /** Shows a stretch: nothing beyond the run, not less than a millisecond or a ten-millionth of it. */
  function set(a, b) {
    const span = Math.min(end, Math.max(b - a, end / 1e7, 1e-3));
    from = Math.max(0, Math.min((a + b) / 2 - span / 2, end - span));
    to = Math.min(end, from + span);
    redraw();
  }

  function redraw() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(now);
    }
  }

  /** Draws what is due, and all that is there if it is for paper. */
  function now() {
    waiting = false;
    for (const draw of redraws) {
      draw();
    }
  }

  /** Makes it so many times longer, with one instant left where it is. */
  function zoom(factor, at = (from + to) / 2) {
    set(at - (at - from) * factor, at + (to - at) * factor);
  }

  function move(share) {
    const by = (to - from) * share;
    const shift = Math.max(-from, Math.min(by, end - to));
    set(from + shift, to + shift);
  }

  function all() {
    set(0, end);
  }

  /** Brings a stretch into sight without zooming: all of it if it fits, else its beginning. */
  function reveal(a, b) {
    const span = to - from;
    const fits = b - a < span * 0.9;
    if (b < from || a > to || (fits && (a < from || b > to))) {
      const middle = fits ? (a + b) / 2 : a + span * 0.4;
      set(middle - span / 2, middle + span / 2);
    }
  }

  function cross(at) {
    for (const each of crosses) {
      each(at);
    }
  }

  return {
    begin,
    set,
    zoom,
    move,
    all,
    reveal,
    redraw,
    now,
    cross,
    onDraw: (draw) => redraws.push(draw),
    onCross: (show) => crosses.push(show),
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    get end() {
      return end;
    },
    get span() {
      return to - from;
    },
  };
})();

/** Where time lies in a chart: between the names on the left and the edge on the right. */
const Frame = (() => {
  const RIGHT = 10;
  let width = 1000;
  let left = 150;

  /** The width of the charts over time; they stand below each other and share it. */
  function measureIn(node) {
    resize(Math.max(280, node.clientWidth));
  }

  function resize(pixels) {
    width = pixels;
    left = width < 560 ? 104 : width < 900 ? 140 : 176;
  }

  const x = (seconds) => left + ((seconds - View.from) / View.span) * (width - left - RIGHT);
  const time = (pixel) => View.from + ((pixel - left) / (width - left - RIGHT)) * View.span;
  const inside = (pixel) => Math.max(left, Math.min(width - RIGHT, pixel));

  return {
    measureIn,
    resize,
    x,
    time,
    inside,
    get width() {
      return width;
    },
    get left() {
      return left;
    },
    get right() {
      return width - RIGHT;
    },
    get perPixel() {
      return View.span / (width - left - RIGHT);
    },
  };
})();

/** Marks of the time axis. */
const Ticks = (() => {
  const STEPS = [
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10800,
    21600,
    43200,
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000].map((days) => days * DAY),
  ];

  function step() {
    // Parts of seconds take more room.
    const least = Frame.perPixel * (Frame.perPixel * 66 < 1 ? 112 : 66);
    if (least < 1) {
      const size = 10 ** Math.floor(Math.log10(least));
      return [1, 2, 5, 10].map((each) => each * size).find((each) => each >= least * 0.999);
    }
    return STEPS.find((each) => each >= least) || STEPS[STEPS.length - 1];
  }

  /** What there is to mark: where, what to write, and whether a day begins. */
  function marks() {
    const size = step();
    const found = [];
    for (let i = Math.ceil(View.from / size - 1e-9); i * size <= View.to * (1 + 1e-12); i++) {
      const at = i * size;
      const midnight = Math.abs(at - Math.round(at / DAY) * DAY) < size / 10;
      const day = midnight && (at > 0 || size >= DAY);
      const text =
        day || size >= DAY
          ? Text.count(at / DAY) + " d"
          : Text.clock(
              at - Math.floor(at / DAY + 1e-12) * DAY,
              size,
              size >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(size) - 1e-9)),
            );
      found.push({at, text, day});
    }
    return found;
  }

  /** What is written at a mark; it stays within the chart. */
  function text(mark, y) {
    const x = Frame.x(mark.at);
    const half = measure(mark.text, mark.day ? 650 : 400) / 2;
    const at = Math.max(Frame.left + half, Math.min(Frame.right + 8 - half, x));
    return drawn("text", {class: mark.day ? "strong" : "mute", x: at, y, "text-anchor": "middle"}, mark.text);
  }

  return {marks, text};
})();

/** Makes a chart follow mouse, fingers and wheel. What it is told: where a hand points, taps, and leaves. */
function handle(node, told) {
  const down = new Map();
  let start;
  let apart = 0;
  let moved = false;
  let lastTap = 0;

  const place = (event) => {
    const area = node.getBoundingClientRect();
    return {
      x: event.clientX - area.left,
      y: event.clientY - area.top + node.scrollTop,
      screenX: event.clientX,
      screenY: event.clientY,
    };
  };

  node.addEventListener("pointerdown", (event) => {
    if (event.button) {
      return;
    }
    down.set(event.pointerId, event.clientX);
    const xs = [...down.values()];
    apart = xs.length === 2 ? Math.abs(xs[0] - xs[1]) : 0;
    start = {x: event.clientX, from: View.from, to: View.to};
    moved = false;
  });

  node.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId)) {
      told.point?.(place(event));
      return;
    }
    down.set(event.pointerId, event.clientX);
    const xs = [...down.values()];
    if (xs.length === 2) {
      pinch(xs);
    } else if (moved || Math.abs(event.clientX - start.x) > 3) {
      moved = true;
      node.setPointerCapture(event.pointerId);
      node.classList.add("moving");
      Tip.hide();
      const by = Math.max(
        -start.from,
        Math.min((start.x - event.clientX) * Frame.perPixel, View.end - start.to),
      );
      View.set(start.from + by, start.to + by);
    }
  });

  function pinch(xs) {
    const now = Math.max(8, Math.abs(xs[0] - xs[1]));
    if (apart > 0) {
      const middle = (xs[0] + xs[1]) / 2 - node.getBoundingClientRect().left;
      View.zoom(Math.max(8, apart) / now, Frame.time(middle));
    }
    apart = now;
    moved = true;
  }

  const up = (event) => {
    if (!down.delete(event.pointerId)) {
      return;
    }
    node.classList.remove("moving");
    apart = 0;
    start = down.size ? {x: [...down.values()][0], from: View.from, to: View.to} : undefined;
    if (!moved && event.type === "pointerup") {
      const at = place(event);
      if (event.timeStamp - lastTap < 350 && at.x > Frame.left) {
        View.zoom(event.shiftKey ? 3 : 1 / 3, Frame.time(at.x));
      }
      lastTap = event.timeStamp;
      told.point?.(at);
      told.tap?.(at);
    }
  };
  node.addEventListener("pointerup", up);
  node.addEventListener("pointercancel", up);
  node.addEventListener("pointerleave", (event) => {
    if (!down.size || event.pointerType === "touch") {
      told.leave?.();
    }
  });

  // The wheel alone scrolls the page, as everywhere; it zooms here with a key, or once the chart was chosen.
  node.addEventListener(
    "wheel",
    (event) => {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (
        event.ctrlKey ||
        event.metaKey ||
        (!event.shiftKey && Math.abs(event.deltaY) > Math.abs(event.deltaX) && told.chosen?.())
      ) {
        event.preventDefault();
        View.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 200), Frame.time(place(event).x));
      } else if (sideways && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
        event.preventDefault();
        View.move(sideways / 800);
      }
    },
    {passive: false},
  );
}

/** What marks the pointed-at instant in a chart. */
function crosshair(svg, height) {
  const line = drawn("line", {class: "cross", y1: 0, y2: height, visibility: "hidden"});
  svg.append(line);
  return (at) => {
    const seen = at !== undefined && at >= View.from && at <= View.to;
    line.setAttribute("visibility", seen ? "visible" : "hidden");
    if (seen) {
      line.setAttribute("x1", Frame.x(at));
      line.setAttribute("x2", Frame.x(at));
    }
  };
}
