package dev.holdfast.gateway.demo;

import dev.holdfast.contacts.yaml.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The live view as text. Pure. */
final class LiveView {
  private LiveView() {}

  /** The whole view, for a terminal: always the same number of lines. */
  static List<String> lines(View view) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s   sent %d of %d   delivered %d   on the way %d"
            .formatted(clock(view), view.sent(), view.planned(), view.delivered(), onTheWay(view)));
    lines.add("");
    for (View.LinkState link : view.links()) {
      lines.add(
          "  %-5s %s %-5s  %s"
              .formatted(
                  link.near().label(),
                  link.isOpen() ? "======" : "-    -",
                  link.far().label(),
                  words(link)));
    }
    lines.add("");
    for (View.SiteState site : view.sites()) {
      lines.add("  %-5s  %s".formatted(site.site().label(), words(site)));
    }
    lines.add("");
    for (TwinState twins : view.twins()) {
      lines.add("  %-5s  %s".formatted(twins.site().label(), words(twins)));
    }
    lines.add("");
    lines.add("  " + view.news());
    return lines;
  }

  /** The view in one line, for a log. */
  static String line(View view) {
    StringBuilder line = new StringBuilder(clock(view));
    line.append(" sent ").append(view.sent()).append(" of ").append(view.planned());
    line.append(", delivered ").append(view.delivered());
    for (View.LinkState link : view.links()) {
      line.append("; ").append(link.near().label()).append('-').append(link.far().label());
      line.append(link.isOpen() ? " open" : " closed");
    }
    for (View.SiteState site : view.sites()) {
      line.append("; ").append(site.site().label()).append(' ');
      line.append(
          switch (site.condition()) {
            case STARTING -> "starting";
            case KILLED -> "killed";
            case READY -> "holds " + site.bundles();
          });
    }
    for (TwinState twins : view.twins()) {
      line.append("; ").append(twins.site().label()).append(" knows ").append(age(twins));
      line.append(twins.inStep() ? ", in step" : ", not in step");
    }
    return line.toString();
  }

  /** Seconds since the plan's epoch, such as {@code +12.3 s}. */
  static String clock(View view) {
    return String.format(Locale.ROOT, "%+.1f s", view.now().since(view.epoch()) / 1000.0);
  }

  private static int onTheWay(View view) {
    return view.sent() - view.delivered();
  }

  private static String words(View.LinkState link) {
    String change =
        link.millisToChange() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %s in %.1f s",
                link.isOpen() ? "closes" : "opens",
                link.millisToChange() / 1000.0);
    String state = "%-24s".formatted((link.isOpen() ? "open" : "closed") + change);
    boolean moving = link.towardsFar() + link.towardsNear() > 0;
    return moving
        ? state
            + "  > %s/s  < %s/s"
                .formatted(Units.sizeText(link.towardsFar()), Units.sizeText(link.towardsNear()))
        : state.stripTrailing();
  }

  private static String words(TwinState twins) {
    int conflicts = twins.conflicts().size();
    return "%d twins, knows %s, %s, %d conflict%s"
        .formatted(
            twins.things().size(),
            age(twins),
            twins.inStep() ? "in step" : "not in step",
            conflicts,
            conflicts == 1 ? "" : "s");
  }

  private static String age(TwinState twins) {
    return twins.other().label()
        + (twins.ageSeconds().isPresent()
            ? " as of " + twins.ageSeconds().getAsLong() + " s ago"
            : " not yet");
  }

  private static String words(View.SiteState site) {
    return switch (site.condition()) {
      case STARTING -> "starting";
      case KILLED -> "killed with SIGKILL, coming back";
      case READY ->
          "holds %d bundle%s, %s"
              .formatted(
                  site.bundles(), site.bundles() == 1 ? "" : "s", Units.sizeText(site.bytes()));
    };
  }
}
