package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The plan that ships with the project, and what the demo makes of it.
 *
 * @param turn the contacts of one turn, counted from DTN time zero
 */
record DemoPlan(ContactPlan turn) {
  /** Length of a turn; the plan file says so too. */
  static final long TURN_SECONDS = 1_200;

  private static final String RESOURCE = "demo.ionrc";

  /** The plan from the class path. */
  static DemoPlan load() {
    String path = "/demo/" + RESOURCE;
    try (InputStream in = DemoPlan.class.getResourceAsStream(path)) {
      byte[] bytes = Objects.requireNonNull(in, path).readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoPlan parse(String text) {
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.at(DtnTime.UNKNOWN));
    return switch (PlanReader.read(new PlanSource(RESOURCE, text), options)) {
      case PlanReading.Parsed parsed -> new DemoPlan(parsed.plan());
      case PlanReading.Refused refused ->
          throw new IllegalStateException(refused.problems().getFirst().toString());
    };
  }

  /**
   * The plan as the gateways get it: times and light times divided by the speed, rates multiplied
   * by it, one turn after the other.
   *
   * @param epoch when the first turn begins
   * @param speed 1 or more
   * @param turns how many turns, 1 or more
   */
  ContactPlan compressed(DtnTime epoch, int speed, int turns) {
    List<Contact> contacts = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      long offset = i * TURN_SECONDS * 1000;
      for (Contact contact : turn.contacts()) {
        contacts.add(
            Contact.of(
                contact.from(),
                contact.to(),
                epoch.plus((offset + contact.start().millis()) / speed),
                epoch.plus((offset + contact.end().millis()) / speed),
                contact.bytesPerSecond() * speed,
                Math.ceilDiv(contact.owltMillis(), speed)));
      }
    }
    return ContactPlan.of(1, contacts);
  }
}
