package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanProblem;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Many queries at once: CSV with the header {@code from,to,at_s,size_bytes} in, one JSON line each
 * out. The network is empty, no overhead is added, and each query is answered twice: {@code
 * best_case} as size 0 and {@code sized} with its size, both in SABR's order of keys.
 */
public final class RouteQueries {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final List<String> COLUMNS = List.of("from", "to", "at_s", "size_bytes");
  private static final int MAX_FIELD = 40;

  /**
   * What a file of queries says.
   *
   * @param from where the bundle is
   * @param to where it goes; may be {@code from}
   * @param at since when
   * @param sizeBytes its size
   */
  public record Query(NodeNumber from, NodeNumber to, DtnTime at, long sizeBytes) {}

  /** What became of reading a file of queries. */
  public sealed interface Reading {
    /**
     * The queries in file order.
     *
     * @param queries any number
     */
    record Parsed(List<Query> queries) implements Reading {
      /** Keeps its own copy. */
      public Parsed {
        queries = List.copyOf(queries);
      }
    }

    /**
     * The first thing that is wrong.
     *
     * @param problem where and what
     */
    record Refused(PlanProblem problem) implements Reading {}
  }

  private RouteQueries() {}

  /**
   * Reads queries. The four columns may stand in any order among others.
   *
   * @param name of the file, for problems
   * @param text its content
   * @param zero what {@code at_s} counts from
   */
  public static Reading read(String name, String text, Epoch.At zero) {
    Iterator<String> lines = text.lines().iterator();
    List<String> header = lines.hasNext() ? fields(lines.next().strip()) : List.of();
    for (String column : COLUMNS) {
      if (!header.contains(column)) {
        return refused(
            name, 1, "there is no column " + column, "begin with " + String.join(",", COLUMNS));
      }
    }
    List<Query> queries = new ArrayList<>();
    for (int number = 2; lines.hasNext(); number++) {
      String line = lines.next();
      if (line.isBlank()) {
        continue;
      }
      List<String> fields = fields(line);
      if (fields.size() < header.size()) {
        return refused(
            name,
            number,
            "the line has %d fields".formatted(fields.size()),
            "the header has " + header.size());
      }
      Optional<NodeNumber> from = NodeNumber.parse(fields.get(header.indexOf("from")));
      Optional<NodeNumber> to = NodeNumber.parse(fields.get(header.indexOf("to")));
      Optional<Long> at = scaled(fields.get(header.indexOf("at_s")), 3);
      Optional<Long> size = scaled(fields.get(header.indexOf("size_bytes")), 0);
      if (from.isEmpty() || to.isEmpty()) {
        return refused(name, number, "from or to is no node", "write a number such as 977");
      }
      long time = zero.dtnMillis() + at.orElse(Long.MIN_VALUE / 2);
      if (time < 0 || time > Contact.LATEST_END.millis()) {
        return refused(name, number, "at_s is no time", "write seconds, up to three decimals");
      }
      if (size.isEmpty()) {
        return refused(name, number, "size_bytes is no size", "write whole bytes");
      }
      queries.add(new Query(from.get(), to.get(), new DtnTime(time), size.get()));
    }
    return new Reading.Parsed(queries);
  }

  private static List<String> fields(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static Optional<Long> scaled(String field, int decimals) {
    if (field.length() > MAX_FIELD || !field.matches("[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(field).movePointRight(decimals).stripTrailingZeros();
    return value.scale() <= 0 && value.precision() - value.scale() <= 18
        ? Optional.of(value.longValueExact())
        : Optional.empty();
  }

  private static Reading refused(String name, int line, String what, String mend) {
    return new Reading.Refused(new PlanProblem(name, line, 1, what, mend));
  }

  /** Answers each query with one line of JSON, without its line end; no margin, strict ends. */
  public static void answer(
      ContactPlan plan, List<Query> queries, Epoch.At zero, Consumer<String> lines) {
    answer(plan, queries, zero, query -> query, lines);
  }

  /**
   * The same; {@code terms} sets the margin and the end of contacts that each query is asked with.
   */
  public static void answer(
      ContactPlan plan,
      List<Query> queries,
      Epoch.At zero,
      UnaryOperator<RouteQuery> terms,
      Consumer<String> lines) {
    EarliestArrival search = new EarliestArrival(plan);
    for (Query query : queries) {
      lines.accept(line(search, query, zero, terms));
    }
  }

  private static String line(
      EarliestArrival search, Query query, Epoch.At zero, UnaryOperator<RouteQuery> terms) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      RouteJson.node(json, "from", query.from());
      RouteJson.node(json, "to", query.to());
      RouteJson.seconds(json, "at_s", query.at(), zero);
      json.writeNumberProperty("size_bytes", query.sizeBytes());
      json.writeName("best_case");
      answer(json, search, query, 0, zero, terms);
      json.writeName("sized");
      answer(json, search, query, query.sizeBytes(), zero, terms);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void answer(
      JsonGenerator json,
      EarliestArrival search,
      Query query,
      long size,
      Epoch.At zero,
      UnaryOperator<RouteQuery> terms) {
    if (!query.from().equals(query.to())) {
      RouteQuery asked = RouteQuery.of(query.from(), query.to(), query.at(), size);
      RouteJson.write(json, search.route(terms.apply(asked)), zero);
      return;
    }
    // A bundle that is where it goes needs no contact.
    json.writeStartObject();
    json.writeBooleanProperty("found", true);
    RouteJson.seconds(json, "arrival_s", query.at(), zero);
    json.writeNumberProperty("hops", 0);
    json.writeNullProperty("termination_s");
    json.writeNullProperty("entry_node");
    json.writeArrayPropertyStart("contacts");
    json.writeEndArray();
    json.writeEndObject();
  }

  /** One query and its answer as one line of JSON: the route of the given size only. */
  public static String json(RouteQuery query, List<Route> routes, Epoch.At zero) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      RouteJson.node(json, "from", query.from());
      RouteJson.node(json, "to", query.to());
      RouteJson.seconds(json, "at_s", query.at(), zero);
      json.writeNumberProperty("size_bytes", query.sizeBytes());
      json.writeName("route");
      RouteJson.write(json, routes.stream().findFirst(), zero);
      if (routes.size() > 1) {
        json.writeArrayPropertyStart("alternatives");
        routes.stream().skip(1).forEach(r -> RouteJson.write(json, Optional.of(r), zero));
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
