package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A plan as comma-separated values: one directed contact a line, {@code
 * from,to,start_s,end_s,rate_bytes_per_s,owlt_s}, optionally {@code confidence} as a seventh. Times
 * are seconds after an epoch that the file does not name, with up to three decimals. A first line
 * with these names, empty lines and lines that start with {@code #} are skipped.
 */
public final class CsvText {
  private static final String HEADER = "from,to,start_s,end_s,rate_bytes_per_s,owlt_s,confidence";
  private static final String FORM = "expected " + HEADER.replace(",confidence", "[,confidence]");
  private static final int MAX_FIELD = 400;

  private CsvText() {}

  /** Whether the first line with content may be CSV. */
  static boolean looksLike(String line) {
    return line.startsWith("from,to,") || line.matches("\\s*[0-9.]+\\s*,.*");
  }

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    Findings findings = new Findings(source, options);
    List<Declared> contacts = new ArrayList<>();
    int number = 0;
    long epoch = epochMillis(options.epoch(), findings);
    Iterator<String> lines = source.text().lines().iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      number++;
      if (contacts.size() >= options.limits().contacts()) {
        findings.problem(
            number, 1, "more than " + options.limits().contacts() + " contacts", "split the plan");
        break;
      }
      if (!findings.isTooLong(number, line, FORM)
          && !line.isBlank()
          && !line.startsWith("#")
          && !line.startsWith("from,to,")) {
        new Row(number, line, options, findings).declared(epoch).ifPresent(contacts::add);
      }
    }
    return Declarations.reading(contacts, PlanFormat.CSV, options, findings);
  }

  private static long epochMillis(Epoch epoch, Findings findings) {
    return switch (epoch) {
      case Epoch.At(long dtnMillis) -> dtnMillis;
      case Epoch.Floating _ -> 0;
      case Epoch.None _ -> {
        findings.problem(
            1, 1, "CSV times count from an epoch that the file does not name", "give an epoch");
        yield 0;
      }
    };
  }

  /** One line of the file. */
  private static final class Row {
    private final int number;
    private final ReadOptions options;
    private final Findings findings;
    private final String[] fields;
    private final int[] columns;

    Row(int number, String line, ReadOptions options, Findings findings) {
      this.number = number;
      this.options = options;
      this.findings = findings;
      this.fields = line.split(",", -1);
      this.columns = new int[fields.length];
      int column = 1;
      for (int i = 0; i < fields.length; i++) {
        columns[i] = column;
        column += fields[i].length() + 1;
        fields[i] = fields[i].strip();
      }
    }

    Optional<Declared> declared(long epoch) {
      if (fields.length < 6 || fields.length > 7) {
        findings.problem(number, 1, "the line has " + fields.length + " fields", FORM);
        return Optional.empty();
      }
      Optional<NodeNumber> from = node(0);
      Optional<NodeNumber> to = node(1);
      Optional<Long> start = time(2, epoch);
      Optional<Long> end = time(3, epoch);
      Optional<Long> rate =
          decimal(4)
              .flatMap(value -> exact(value, 0))
              .filter(value -> value > 0 && value <= Contact.MAX_BYTES_PER_SECOND);
      check(rate, 4, "rate", "whole bytes per second, 1 up to 10^12");
      Optional<Long> owlt =
          decimal(5)
              .flatMap(value -> exact(value, 3))
              .filter(value -> value <= Contact.MAX_OWLT_MILLIS);
      check(owlt, 5, "light time", "seconds with up to three decimals");
      Optional<Double> confidence =
          fields.length < 7
              ? Optional.of(1.0)
              : decimal(6).map(BigDecimal::doubleValue).filter(value -> value > 0 && value <= 1);
      check(confidence, 6, "confidence", "above 0, at most 1");
      if (from.isEmpty()
          || to.isEmpty()
          || start.isEmpty()
          || end.isEmpty()
          || rate.isEmpty()
          || owlt.isEmpty()
          || confidence.isEmpty()
          || from.equals(to)
          || !isWindow(start.get(), end.get())) {
        return Optional.empty();
      }
      return Optional.of(
          new Declared(
              from.get(),
              to.get(),
              start.get(),
              end.get(),
              rate.get(),
              owlt.get(),
              confidence.get(),
              new Position(number, 1)));
    }

    private boolean isWindow(long start, long end) {
      if (end > start) {
        return true;
      }
      findings.contradiction(
          options.tolerance(),
          new Position(number, columns[3]),
          end == start ? "the contact ends when it starts" : "the contact ends before it starts",
          "give an end after the start",
          "it is left out");
      return false;
    }

    private Optional<NodeNumber> node(int index) {
      return check(NodeNumber.parse(fields[index]), index, "node", "a node number");
    }

    private Optional<Long> time(int index, long epoch) {
      Optional<Long> time =
          decimal(index)
              .flatMap(value -> exact(value, 3))
              .map(millis -> millis + epoch)
              .filter(millis -> millis >= 0 && millis <= Contact.LATEST_END.millis());
      return check(time, index, "time", "seconds with up to three decimals, within 2000 to 2249");
    }

    private Optional<BigDecimal> decimal(int index) {
      String field = fields[index];
      boolean plain = field.length() <= MAX_FIELD && field.matches("[0-9]+(\\.[0-9]+)?");
      return plain ? Optional.of(new BigDecimal(field)) : Optional.empty();
    }

    /** The value in units of 10^-decimals, if it is whole in them and not too large. */
    private static Optional<Long> exact(BigDecimal value, int decimals) {
      BigDecimal scaled = value.stripTrailingZeros().movePointRight(decimals);
      return scaled.stripTrailingZeros().scale() <= 0 && scaled.precision() - scaled.scale() <= 17
          ? Optional.of(scaled.longValueExact())
          : Optional.empty();
    }

    private <T> Optional<T> check(Optional<T> value, int index, String name, String expected) {
      if (value.isEmpty()) {
        findings.problem(
            number,
            columns[index],
            "the %s is '%s'".formatted(name, IonFields.shortened(fields[index])),
            "expected " + expected);
      }
      return value;
    }
  }

  /** Prints a plan with the times that {@code style} asks for, dates as Unix seconds. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    long epoch = style.zeroMillis();
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Contact contact : plan.chronological()) {
      text.append(contact.from())
          .append(',')
          .append(contact.to())
          .append(',')
          .append(TimeText.seconds(contact.start().millis() - epoch))
          .append(',')
          .append(TimeText.seconds(contact.end().millis() - epoch))
          .append(',')
          .append(contact.bytesPerSecond())
          .append(',')
          .append(TimeText.seconds(contact.owltMillis()))
          .append(',')
          .append(BigDecimal.valueOf(contact.confidence()).toPlainString())
          .append('\n');
    }
    Losses losses = new Losses(style);
    losses.names(plan);
    losses.regions(plan);
    return new Printed(text.toString(), losses.lines());
  }
}
