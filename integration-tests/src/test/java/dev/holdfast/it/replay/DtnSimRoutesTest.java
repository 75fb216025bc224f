package dev.holdfast.it.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteCache;
import dev.holdfast.contacts.route.RouteQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference scenarios of DtnSim (2023) by routes alone: each bundle on its best route over what
 * those before it left of the contacts. Delivered are as many, as soon, over fewer hops.
 */
class DtnSimRoutesTest {
  private static final Path DATA =
      Path.of(System.getProperty("holdfast.data", "../../shared/data"));
  private static final int SIZE = 100;
  private static final long HOUR = 3_600_000;

  @ParameterizedTest
  @CsvSource({
    "star, 1000, 2763.27, 6.17",
    "delta, 1000, 2625.94, 6.135",
    "train, 995, 22916.17, 4.045"
  })
  void asManyAsSoonOverFewerHops(String name, int delivered, double meanSeconds, double meanHops)
      throws IOException {
    if (!Files.isDirectory(DATA)) {
      assertThat(System.getenv("CI")).as("reference data at %s", DATA).isNotEqualTo("true");
      assumeTrue(false, "left out: no reference data; name its folder with -Dholdfast.data=DIR");
    }
    Bookings bookings = new Bookings(plan(DATA.resolve("canonical/" + name + ".csv")));
    RouteCache routes = new RouteCache(new EarliestArrival(bookings.plan()), bookings);
    long count = 0;
    long millis = 0;
    long hops = 0;
    for (int turn = 0; turn < DtnSimScenario.BUNDLES; turn++) {
      Matcher flows =
          DtnSimScenario.FLOW.matcher(
              Files.readString(DATA.resolve("dtnsim/" + name + "-traffic.ini")));
      while (flows.find()) {
        DtnTime at = new DtnTime(turn * HOUR);
        RouteQuery query = RouteQuery.of(node(flows.group(1)), node(flows.group(2)), at, SIZE);
        Optional<Route> route = routes.route(query);
        if (route.isPresent()) {
          assertThat(route.get().book(bookings)).isNotEmpty();
          count++;
          millis += route.get().arrival().since(at);
          hops += route.get().hops().size();
        }
      }
    }
    assertThat(count).isEqualTo(delivered);
    assertThat(millis / 1e3 / count).isCloseTo(meanSeconds, withinPercentage(0.02));
    assertThat((double) hops / count).isLessThan(meanHops);
  }

  private static ContactPlan plan(Path file) throws IOException {
    List<Contact> contacts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] field = line.split(",");
      if (!field[0].equals(field[1])) {
        contacts.add(
            Contact.of(
                node(field[0]),
                node(field[1]),
                time(field[2]),
                time(field[3]),
                Math.round(Double.parseDouble(field[4])),
                0));
      }
    }
    return ContactPlan.of(1, contacts);
  }

  private static NodeNumber node(String number) {
    return NodeNumber.of(Long.parseLong(number));
  }

  private static DtnTime time(String seconds) {
    return new DtnTime(Math.round(Double.parseDouble(seconds) * 1000));
  }
}
