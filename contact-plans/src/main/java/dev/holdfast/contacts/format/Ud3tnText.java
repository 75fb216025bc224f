package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;
import java.util.Optional;

/**
 * The commands that configure a µD3TN node: {@code 1(dtn://b.dtn/),900:(mtcp:10.0.0.2:4224):
 * [(dtn://c.dtn/)]:[{772742140,772742200,1200}];} adds a neighbour with its reliability in
 * thousandths, its address, who is reachable through it, and its contacts as start, end and bytes
 * per second; {@code 2} replaces one, {@code 3(dtn://b.dtn/);} deletes one.
 *
 * <p>It is the view of one node, which the file does not name: {@link ReadOptions#sender()} does.
 * Times are seconds since 2000-01-01T00:00:00Z. There are no light times; zero is taken. A
 * reliability is read as confidence; addresses and what is reachable are not used. The neighbour
 * {@code ipn:2.0} is node 2; other names get the lowest numbers that are left.
 */
public final class Ud3tnText {
  static final long UNLIMITED = 4_294_967_200L;

  private Ud3tnText() {}

  /** Whether the first line with content may be a command of µD3TN. */
  static boolean looksLike(String line) {
    return line.matches("[123]\\s*\\(.*");
  }

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return Ud3tnReader.read(source, options);
  }

  /** Prints the contacts in which one node sends. */
  static Printed print(ContactPlan plan, TimeStyle style, NodeNumber sender) {
    Losses losses = new Losses(style);
    losses.names(plan);
    losses.regions(plan);
    if (style instanceof TimeStyle.Relative(Epoch.At _, boolean named) && !named) {
      losses.note("the plan names no epoch: its zero is written as 2000-01-01T00:00:00Z");
    }
    StringBuilder text = new StringBuilder();
    for (NodeNumber neighbour : plan.neighbours(sender)) {
      neighbour(plan.contactsBetween(sender, neighbour), text, losses);
    }
    for (Contact contact : plan.contacts()) {
      if (!contact.from().equals(sender)) {
        losses.contact(contact, "not printed, for another node sends");
      }
    }
    return new Printed(text.toString(), losses.lines());
  }

  private static void neighbour(List<Contact> contacts, StringBuilder text, Losses losses) {
    Optional<Long> reliability = reliability(contacts);
    text.append("1(").append(NodeNames.eid(contacts.getFirst().to())).append(')');
    reliability.filter(value -> value < 1000).ifPresent(value -> text.append(',').append(value));
    text.append(":::[");
    String separator = "";
    for (Contact contact : contacts) {
      if (reliability.isEmpty()) {
        losses.confidence(contact);
      }
      losses.lightTime(contact);
      long start = Math.ceilDiv(contact.start().millis(), 1000L);
      long end = Math.floorDiv(contact.end().millis(), 1000L);
      if (end <= start) {
        losses.contact(contact, "left out, shorter than a whole second");
        continue;
      }
      if ((end - start) * 1000 != contact.durationMillis()) {
        losses.contact(contact, "rounded to whole seconds");
      }
      long rate = Math.min(contact.bytesPerSecond(), UNLIMITED - 1);
      if (rate < contact.bytesPerSecond()) {
        losses.contact(contact, "slowed down to " + rate + " bytes per second");
      }
      text.append(separator).append("{%d,%d,%d}".formatted(start, end, rate));
      separator = ",";
    }
    text.append("];\n");
  }

  /** What all contacts have as confidence, if it is some thousandths from 100 on. */
  private static Optional<Long> reliability(List<Contact> contacts) {
    double confidence = contacts.getFirst().confidence();
    long thousandths = Math.round(confidence * 1000);
    boolean exact = thousandths >= 100 && thousandths / 1000.0 == confidence;
    boolean same = contacts.stream().allMatch(contact -> contact.confidence() == confidence);
    return exact && same ? Optional.of(thousandths) : Optional.empty();
  }
}
