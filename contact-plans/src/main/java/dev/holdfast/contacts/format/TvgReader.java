package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One reading of dtn-tvg-util JSON, token by token. */
final class TvgReader {
  private static final String FORM =
      "a plan of dtn-tvg-util is {\"vertices\": {…}, \"edges\": [{\"vertices\": […],"
          + " \"contacts\": […]}]}";
  private static final List<String> TYPES = List.of("PredictedContact", "PredictedContact_v2");
  private static final int MOST_ITEMS = 10_000;

  /** Names that the warning about their numbers quotes. */
  private static final int QUOTED_NAMES = 4;

  private final ReadOptions options;
  private final Findings findings;
  private final JsonTokens tokens;
  private final JsonParser json;
  private final List<TvgDeclared> contacts = new ArrayList<>();
  private final TreeMap<String, String> names = new TreeMap<>();
  private Position namesAt = new Position(1, 1);
  private int itemsLeft;

  private int rounded;
  private boolean toldGenerations;
  private boolean toldRate;
  private boolean toldImpossible;

  private TvgReader(ReadOptions options, Findings findings, JsonTokens tokens) {
    this.options = options;
    this.findings = findings;
    this.tokens = tokens;
    this.json = tokens.json();
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    Findings findings = new Findings(source, options);
    try (JsonTokens tokens = new JsonTokens(source, options, findings)) {
      TvgReader reader = new TvgReader(options, findings, tokens);
      try {
        reader.document();
      } catch (JacksonException broken) {
        tokens.broken(broken);
      }
      return reader.finish();
    }
  }

  private void document() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      tokens.problem("the file is no JSON object", FORM);
      return;
    }
    boolean found = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Position at = tokens.position();
      json.nextToken();
      switch (name) {
        case "edges" -> {
          found = true;
          if (!edges()) {
            return;
          }
        }
        case "vertices" -> {
          namesAt = at;
          vertices();
        }
        case "contact_type" -> contactType();
        default -> {
          tokens.unknown(name, at);
          json.skipChildren();
        }
      }
    }
    if (!found) {
      tokens.problem("there are no \"edges\"", FORM);
    } else if (json.nextToken() != null) {
      tokens.problem("something follows the plan", "one JSON object makes the file");
    }
  }

  /** The nodes: an object whose members are their neighbours, or an array. */
  private void vertices() {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        name(json.currentName());
        json.nextToken();
        json.skipChildren();
      }
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        name(json.getString());
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        tokens.problem("a vertex is no name", FORM);
        skipArray();
      }
    } else {
      tokens.problem("\"vertices\" are no object and no array", FORM);
    }
  }

  /** Goes to the end of the array that the current token is in. */
  private void skipArray() {
    while (json.currentToken() != JsonToken.END_ARRAY) {
      json.skipChildren();
      json.nextToken();
    }
  }

  private void contactType() {
    if (json.currentToken() != JsonToken.VALUE_STRING || !TYPES.contains(json.getString())) {
      Position at = tokens.position();
      findings.warning(
          at.line(),
          at.column(),
          "the contact type is unknown",
          "contacts are read by their form; known types are " + String.join(", ", TYPES));
    }
    json.skipChildren();
  }

  /** Reads the array; false if reading is to stop. */
  private boolean edges() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      tokens.problem("\"edges\" is no array", FORM);
      return false;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        tokens.problem("an edge is no JSON object", FORM);
        json.skipChildren();
      } else if (!edge()) {
        return false;
      }
    }
    return true;
  }

  private boolean edge() {
    List<String> pair = List.of();
    List<TvgItem.Items> found = new ArrayList<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Position at = tokens.position();
      json.nextToken();
      switch (name) {
        case "vertices" -> pair = pair();
        case "contacts" -> {
          if (!contacts(pair, found)) {
            return false;
          }
        }
        default -> {
          tokens.unknown(name, at);
          json.skipChildren();
        }
      }
    }
    for (TvgItem.Items array : found) {
      declare(array, pair);
    }
    return true;
  }

  private void declare(TvgItem.Items array, List<String> pair) {
    TvgContact contact = new TvgContact(this, array);
    contacts.addAll(contact.declared(pair));
    rounded += contact.isRounded() ? 1 : 0;
  }

  private List<String> pair() {
    itemsLeft = MOST_ITEMS;
    Position at = tokens.position();
    if (item() instanceof TvgItem.Items(List<TvgItem> items, Position _)
        && items.size() == 2
        && items.get(0) instanceof TvgItem.Name(String one, Position _)
        && items.get(1) instanceof TvgItem.Name(String other, Position _)) {
      return List.of(one, other);
    }
    tokens.problem(at, "the vertices of an edge are not two names", FORM);
    return List.of();
  }

  /**
   * Reads an edge's contacts, and gathers those that need its vertices while these are not known;
   * false if there are too many in all.
   */
  private boolean contacts(List<String> pair, List<TvgItem.Items> found) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      tokens.problem("\"contacts\" is no array", FORM);
      json.skipChildren();
      return true;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (contacts.size() + found.size() >= options.limits().contacts()) {
        tokens.problem("more than " + options.limits().contacts() + " contacts", "split the plan");
        return false;
      }
      itemsLeft = MOST_ITEMS;
      if (item() instanceof TvgItem.Items array && itemsLeft > 0) {
        if (pair.isEmpty() && array.items().size() == 3) {
          found.add(array);
        } else {
          declare(array, pair);
        }
      } else {
        tokens.problem("this is no contact", "expected an array of names, times and rates");
      }
    }
    return true;
  }

  /** Reads the value at the current token, as far as it may belong to a contact. */
  private TvgItem item() {
    Position at = tokens.position();
    itemsLeft--;
    return switch (json.currentToken()) {
      case VALUE_STRING -> new TvgItem.Name(name(json.getString()), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new TvgItem.Amount(json.getDecimalValue(), at);
      case START_ARRAY -> {
        List<TvgItem> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          TvgItem item = item();
          if (itemsLeft > 0) {
            items.add(item);
          }
        }
        yield new TvgItem.Items(items, at);
      }
      case START_OBJECT -> {
        json.skipChildren();
        yield new TvgItem.Other(at);
      }
      case VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE,
          PROPERTY_NAME,
          END_ARRAY,
          END_OBJECT ->
          new TvgItem.Other(at);
    };
  }

  /** One string for each name. */
  private String name(String text) {
    String known = names.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  void problem(Position at, String what, String mend) {
    tokens.problem(at, what, mend);
  }

  void checkEpoch(Position at) {
    tokens.checkEpoch("dtn-tvg-util", at);
  }

  long epochMillis() {
    return tokens.epochMillis();
  }

  /** A contact whose end is not after its start. */
  void noWindow(Position at, long end, long start) {
    findings.contradiction(
        options.tolerance(),
        at,
        end == start ? "the contact ends when it starts" : "the contact ends before it starts",
        "give an end after the start",
        "it is left out");
  }

  /** A contact is predicted more than once. */
  void laterGenerations(Position at) {
    if (!toldGenerations) {
      toldGenerations = true;
      tell(at, "contacts have several generations", "the first one of each is read");
    }
  }

  /** A contact does not say how much it carries. */
  void withoutRate(Position at) {
    if (!toldRate) {
      toldRate = true;
      tell(at, "contacts have no rate", "10^9 bits/s are taken, both ways");
    }
  }

  /** A contact has probability zero. */
  void impossible(Position at) {
    if (!toldImpossible) {
      toldImpossible = true;
      tell(at, "contacts have probability 0", "they are left out");
    }
  }

  private void tell(Position at, String what, String mend) {
    findings.warning(at.line(), at.column(), what, mend);
  }

  /** The number of each name. */
  private Map<String, NodeNumber> numbers() {
    TreeMap<String, NodeNumber> numbers = new TreeMap<>();
    TreeSet<NodeNumber> different = new TreeSet<>();
    for (String name : names.keySet()) {
      Optional<NodeNumber> number = NodeNumber.parse(name);
      if (number.isPresent() && different.add(number.get())) {
        numbers.put(name, number.get());
      }
    }
    if (numbers.size() == names.size()) {
      return numbers;
    }
    List<String> shown = new ArrayList<>();
    long next = 1;
    for (String name : names.keySet()) {
      if (next <= QUOTED_NAMES) {
        shown.add(next + " is " + IonFields.shortened(name));
      }
      numbers.put(name, NodeNumber.of(next++));
    }
    findings.warning(
        namesAt.line(),
        namesAt.column(),
        "not all names of nodes are numbers",
        "they are numbered in lexical order: "
            + String.join(", ", shown)
            + (names.size() > QUOTED_NAMES ? ", …" : ""));
    return numbers;
  }

  private static NodeNumber number(Map<String, NodeNumber> numbers, String name) {
    return numbers.getOrDefault(name, TvgDeclared.NOBODY);
  }

  /** The names that are no numbers. */
  private static Map<NodeNumber, String> names(Map<String, NodeNumber> numbers) {
    TreeMap<NodeNumber, String> named = new TreeMap<>();
    numbers.forEach(
        (name, number) -> {
          if (!NodeNumber.parse(name).equals(Optional.of(number))) {
            named.put(number, name);
          }
        });
    return named;
  }

  private PlanReading finish() {
    if (rounded > 0) {
      findings.warning(
          1,
          1,
          rounded + (rounded == 1 ? " contact is" : " contacts are") + " finer than milliseconds",
          "windows are rounded inward, delays up");
    }
    Map<String, NodeNumber> numbers = numbers();
    List<Declared> declared =
        contacts.stream()
            .map(one -> one.between(number(numbers, one.from()), number(numbers, one.to())))
            .toList();
    NodeFacts named = NodeFacts.named(names(numbers));
    return Declarations.reading(declared, named, PlanFormat.TVGUTIL, options, findings);
  }
}
