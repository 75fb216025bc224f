package dev.holdfast.contacts.format;

import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** The tokens of a plan in JSON, with what every such format reports in the same way. */
final class JsonTokens implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxNameLength(1_000)
                  .maxStringLength(100_000)
                  .build())
          .build();

  private final ReadOptions options;
  private final Findings findings;
  private final JsonParser json;
  private final TreeSet<String> toldUnknown = new TreeSet<>();
  private boolean toldEpoch;

  JsonTokens(PlanSource source, ReadOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
    this.json = JSON.createParser(ObjectReadContext.empty(), source.text());
  }

  JsonParser json() {
    return json;
  }

  /** Where the current token stands. */
  Position position() {
    return position(json.currentTokenLocation());
  }

  private static Position position(TokenStreamLocation at) {
    return new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  /** A problem with the current token. */
  void problem(String what, String mend) {
    problem(position(), what, mend);
  }

  void problem(Position at, String what, String mend) {
    findings.problem(at.line(), at.column(), what, mend);
  }

  /** The text is no JSON from some place on. */
  void broken(JacksonException broken) {
    String message = broken.getOriginalMessage();
    problem(
        position(broken.getLocation() == null ? json.currentLocation() : broken.getLocation()),
        broken instanceof StreamConstraintsException
            ? "this is nested deeper or longer than any plan"
            : "no valid JSON: " + IonFields.shortened(message == null ? "" : message, 120),
        "look at this place and just before it");
  }

  /** A member that the format does not have; told once for each name. */
  void unknown(String name, Position at) {
    String shown = IonFields.shortened(name);
    if (toldUnknown.size() < options.limits().problems() && toldUnknown.add(shown)) {
      findings.warning(
          at.line(), at.column(), "\"" + shown + "\" means nothing here", "it is not read");
    }
  }

  /** The first time, here, is where a missing epoch is told. */
  void checkEpoch(String format, Position at) {
    if (options.epoch() instanceof Epoch.None && !toldEpoch) {
      toldEpoch = true;
      problem(
          at, format + " times count from an epoch that the file does not name", "give an epoch");
    }
  }

  /** What the times of the file count from. */
  long epochMillis() {
    return switch (options.epoch()) {
      case Epoch.At(long dtnMillis) -> dtnMillis;
      case Epoch.Floating _, Epoch.None _ -> 0;
    };
  }

  @Override
  public void close() {
    json.close();
  }
}
