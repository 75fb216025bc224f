package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.forecast.Forecast.FullContact;
import dev.holdfast.contacts.forecast.Forecast.StoreLoad;
import dev.holdfast.contacts.forecast.Forecast.Unserved;
import dev.holdfast.contacts.format.PlanTable;
import dev.holdfast.contacts.format.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast for people. */
public final class ForecastText {
  /** Rows of a table; what follows is counted. */
  private static final int MOST_ROWS = 20;

  private final ContactPlan plan;
  private final boolean floating;

  private ForecastText(ContactPlan plan, boolean floating) {
    this.plan = plan;
    this.floating = floating;
  }

  /**
   * A line of totals, and a table each of what does not arrive, of full contacts and of stores.
   *
   * @param floating whether the plan's times count from an unnamed zero
   */
  public static String of(Forecast forecast, ContactPlan plan, boolean floating) {
    ForecastText text = new ForecastText(plan, floating);
    return text.totals(forecast)
        + text.unserved(forecast.unserved())
        + text.full(forecast.full())
        + text.stores(forecast.stores());
  }

  private String totals(Forecast forecast) {
    double share = forecast.bundles() == 0 ? 100 : 100.0 * forecast.carried() / forecast.bundles();
    return String.format(
        Locale.ROOT,
        "%,d bundles, %s, made until %s: %,d arrive in time (%.1f%%)%s%n",
        forecast.bundles(),
        PlanTable.amount(forecast.bytes()),
        time(forecast.until()),
        forecast.carried(),
        share,
        forecast.cut() ? "; more were not looked at" : "");
  }

  private String unserved(List<Unserved> unserved) {
    if (unserved.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("FROM", "TO", "WHY", "FIRST", "LEAST ROOM IN", "BUNDLES", "BYTES"));
    for (Unserved each : unserved.subList(0, Math.min(MOST_ROWS, unserved.size()))) {
      rows.add(
          List.of(
              PlanTable.node(plan, each.from()),
              PlanTable.node(plan, each.to()),
              switch (each.cause()) {
                case NO_WAY -> "no way";
                case TOO_LATE -> "too late";
                case NO_ROOM -> "no room";
              },
              time(each.first()),
              each.bottleneck().map(this::contact).orElse(""),
              String.format(Locale.ROOT, "%,d", each.bundles()),
              PlanTable.amount(each.bytes())));
    }
    return "do not arrive in time\n" + PlanTable.aligned(rows) + more(unserved.size());
  }

  private String full(List<FullContact> full) {
    if (full.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("FROM", "TO", "START", "END", "FULL", "BOOKED", "OF", "TOO MUCH"));
    for (FullContact each : full.subList(0, Math.min(MOST_ROWS, full.size()))) {
      Contact contact = each.contact();
      rows.add(
          List.of(
              PlanTable.node(plan, contact.from()),
              PlanTable.node(plan, contact.to()),
              time(contact.start()),
              time(contact.end()),
              time(each.fullAt()),
              PlanTable.amount(each.bookedBytes()),
              PlanTable.amount(contact.volumeBytes()),
              each.overbookedBytes() == 0 ? "" : PlanTable.amount(each.overbookedBytes())));
    }
    return "full contacts\n" + PlanTable.aligned(rows) + more(full.size());
  }

  private String stores(List<StoreLoad> stores) {
    if (stores.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NODE", "HOLDS UP TO", "AT", "CAN HOLD", "OVERFLOWS"));
    for (StoreLoad each : stores.subList(0, Math.min(MOST_ROWS, stores.size()))) {
      rows.add(
          List.of(
              PlanTable.node(plan, each.node()),
              PlanTable.amount(each.mostBytes()),
              each.mostBytes() == 0 ? "" : time(each.mostAt()),
              each.limit().map(PlanTable::amount).orElse("any"),
              each.overflowsAt().map(this::time).orElse("")));
    }
    return "stores\n" + PlanTable.aligned(rows) + more(stores.size());
  }

  private static String more(int rows) {
    return rows > MOST_ROWS ? "and " + (rows - MOST_ROWS) + " more; see --json\n" : "";
  }

  private String contact(Contact contact) {
    return contact.from() + ">" + contact.to() + " from " + time(contact.start());
  }

  private String time(DtnTime time) {
    return floating ? "+" + TimeText.seconds(time.millis()) : TimeText.iso(time);
  }
}
