package dev.holdfast.contacts.chart;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.Plans;
import dev.holdfast.contacts.route.Alternatives;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * Pictures as golden files. To accept new ones after looking at them, run with {@code
 * -Dholdfast.golden=write}.
 */
class GanttTest {
  private static final DtnTime NOON = DtnTime.of(Instant.parse("2026-12-01T12:00:00Z"));
  private static final TextStyle PLAIN = new TextStyle(100, false, false);

  private static Contact minutes(long from, long to, long start, long end, double confidence) {
    return new Contact(
        node(from),
        node(to),
        NOON.plus(start * 60_000),
        NOON.plus(end * 60_000),
        125_000,
        from == 1 ? 120_000 : 20,
        confidence);
  }

  private static final ContactPlan THREE =
      plan(minutes(1, 2, 0, 10, 1), minutes(2, 3, 5, 20, 0.8), minutes(3, 2, 5, 20, 1))
          .withFacts(NodeFacts.named(Map.of(node(1), "base <&>", node(2), "relay")));

  private static ChartQuery routed(ContactPlan plan, long bytes) {
    List<Route> routes =
        new Alternatives(new EarliestArrival(plan), new Bookings(plan))
            .best(RouteQuery.of(node(1), node(3), NOON, bytes), 2);
    SortedMap<Contact, Long> used = new TreeMap<>();
    routes.getFirst().hops().forEach(hop -> used.put(hop.contact(), bytes));
    return new ChartQuery(
        "three.yaml",
        plan,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOON.plus(240_000)),
        routes,
        used,
        100);
  }

  private static ChartQuery window(ContactPlan plan, double from, double until, int rows) {
    return new ChartQuery(
        "some.csv",
        plan,
        true,
        List.of(),
        Optional.of(at(from)),
        Optional.of(at(until)),
        Optional.empty(),
        List.of(),
        new TreeMap<>(),
        rows);
  }

  private static void assertGolden(String name, String text) throws IOException {
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      Files.writeString(Path.of("src/test/resources/vectors/chart", name), text);
      return;
    }
    try (InputStream in = GanttTest.class.getResourceAsStream("/vectors/chart/" + name)) {
      assertThat(in).as(name).isNotNull();
      assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  @Test
  void drawsAPlanOnATerminal() throws IOException {
    ChartQuery query = ChartQuery.of("three.yaml", THREE, false, 100);
    assertGolden("three.txt", Gantt.text(query, PLAIN).text());
    assertGolden("three-ascii.txt", Gantt.text(query, new TextStyle(60, false, true)).text());
  }

  @Test
  void drawsARouteOnATerminal() throws IOException {
    assertGolden("route.txt", Gantt.text(routed(THREE, 8_000_000), PLAIN).text());
    assertThat(Gantt.text(routed(THREE, 8_000_000), new TextStyle(100, true, false)).text())
        .contains("\033[33;1m")
        .contains("\033[36m");
  }

  @Test
  void drawsSvg() throws Exception {
    ChartQuery query = routed(THREE, 8_000_000);
    String svg = Gantt.svg(query).text();
    assertGolden("route.svg", svg);
    Document document = xml(svg);
    assertThat(document.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 1240 ");
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg).doesNotContain("base <&>").doesNotContain("href").doesNotContain("url(");
  }

  @Test
  void hostileNamesStayText() throws Exception {
    ContactPlan hostile =
        THREE.withFacts(
            NodeFacts.named(Map.of(node(2), "</text><script>alert('1')</script>\u0007\"")));
    String svg = Gantt.svg(ChartQuery.of("]]>&<x>\ud800", hostile, false, 10)).text();
    assertThat(xml(svg).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void writesTheLayoutAsJson() throws IOException {
    assertGolden("route.json", Gantt.json(routed(THREE, 8_000_000)).text() + "\n");
  }

  @Test
  void aHundredThousandContactsStayBounded() {
    List<Contact> contacts = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int pair = 0; pair < 500; pair++) {
      double time = 0;
      for (int i = 0; i < 200; i++) {
        time += 1 + random.nextInt(3_000);
        double end = time + 1 + random.nextInt(900);
        contacts.add(Plans.contact(1 + pair / 5, 200 + pair % 5, time, end, 1_000, 0.1));
        time = end;
      }
    }
    ContactPlan plan = ContactPlan.of(1, contacts);
    Drawing all = Gantt.svg(ChartQuery.of("big", plan, true, 1_000));
    assertThat(all.drawn()).isEqualTo(100_000);
    assertThat(all.isCut()).isFalse();
    assertThat(all.text()).hasSizeLessThan(4_000_000);
    Drawing some = Gantt.svg(ChartQuery.of("big", plan, true, 200));
    assertThat(some.summary()).startsWith("100,000 contacts of 500 pairs, 40,000 drawn, of the");
    assertThat(some.isCut()).isTrue();
    assertThat(Gantt.text(ChartQuery.of("big", plan, true, 60), PLAIN).text().lines())
        .hasSizeLessThan(70)
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void joinsOnlyWhatIsTooNarrow() {
    ContactPlan plan =
        plan(
            Plans.contact(1, 2, 0, 1, 10, 0),
            Plans.contact(1, 2, 2, 3, 10, 0),
            Plans.contact(1, 2, 500, 900, 10, 0));
    Chart wide = Chart.of(window(plan, 0, 1_000, 10), 10_000);
    assertThat(wide.joined()).isZero();
    Chart narrow = Chart.of(window(plan, 0, 1_000, 10), 500);
    assertThat(narrow.joined()).isEqualTo(2);
    Bar joined = narrow.rows().getFirst().lanes().getFirst().bars().getFirst();
    assertThat(joined.openMillis()).isEqualTo(2_000);
    assertThat(joined.volume()).isEqualTo(20);
    assertThat(joined.density()).isEqualTo(2.0 / 3);
  }

  @Test
  void ticksAreRoundAtEveryScale() {
    assertThat(labels(Duration.ofMillis(40), false)).startsWith("12:00:00.000", "12:00:00.005");
    assertThat(labels(Duration.ofMinutes(10), false)).startsWith("12:00", "12:01", "12:02");
    assertThat(labels(Duration.ofDays(2), false)).startsWith("12:00", "18:00", "00:00");
    assertThat(labels(Duration.ofDays(60), false)).startsWith("7 Dec", "14 Dec");
    assertThat(labels(Duration.ofDays(700), false)).startsWith("Jan", "Apr", "Jul");
    assertThat(labels(Duration.ofDays(80_000), false)).startsWith("2040", "2060");
    assertThat(labels(Duration.ofMinutes(10), true)).endsWith("+9831d12h9m", "+9831d12h10m");
    assertThat(labels(Duration.ofDays(80_000), true)).first().isEqualTo("+10000d");
  }

  private static List<String> labels(Duration span, boolean floating) {
    Scale scale = new Scale(NOON.millis(), NOON.plus(span.toMillis()).millis(), 1_000);
    Axis axis = Axis.of(scale, 80, floating);
    assertThat(axis.ticks()).hasSizeBetween(2, 13);
    return axis.ticks().stream().map(Axis.Tick::label).toList();
  }

  @Test
  void aWindowMakesSense() {
    assertThatThrownBy(() -> window(THREE, 5, 5, 10)).hasMessageContaining("ends before it starts");
    assertThatThrownBy(() -> window(THREE, 5, 6, 0)).hasMessageContaining("rows");
    assertThat(Gantt.text(window(THREE, 5, 6, 10), PLAIN).text())
        .contains("no contact in this window");
    assertThat(Gantt.svg(ChartQuery.of("empty", ContactPlan.EMPTY, true, 10)).text())
        .contains("no contact in this window");
  }
}
