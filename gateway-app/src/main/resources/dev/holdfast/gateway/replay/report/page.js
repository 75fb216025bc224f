/* Puts it all together: data, colours, size, paper. */

const Page = {printing: false};

(() => {
  const THEMES = ["auto", "light", "dark"];
  // About as wide as a sheet, so that texts in charts come out as large as others.
  const PAPER = 720;
  const KEY = "holdfast-replay-theme";

  /** Pages from files may have no memory; the choice then lasts as long as the page. */
  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch (refused) {
      return null;
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch (refused) {
      // Not kept.
    }
  }

  function theme(name) {
    const chosen = THEMES.includes(name) ? name : "auto";
    document.documentElement.dataset.theme = chosen;
    byId("theme").textContent = "Theme: " + chosen;
    return chosen;
  }

  function measureAgain() {
    const frame = Contacts.frame() || Held.frame();
    if (frame) {
      Frame.measureIn(frame);
    }
    Latency.draw();
    View.redraw();
  }

  function paper(printing) {
    Page.printing = printing;
    if (printing) {
      Frame.resize(PAPER);
    } else {
      measureAgain();
    }
    View.now();
  }

  const data = JSON.parse(byId("data").textContent);
  let chosen = theme(remembered());
  byId("theme").addEventListener("click", () => {
    chosen = theme(THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length]);
    remember(chosen);
  });
  View.begin(data.duration_s);
  Summary.show(data);
  Contacts.begin(data);
  Held.begin(data);
  Latency.begin(data);
  measureAgain();
  View.now();
  addEventListener("resize", measureAgain);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
})();
