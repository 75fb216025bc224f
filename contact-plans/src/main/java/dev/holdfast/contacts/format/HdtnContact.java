package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Optional;

/** One contact object of HDTN JSON: its members as found, then checked as a whole. */
final class HdtnContact {
  private static final long MILLIS = 1000;
  private static final long UNLIMITED_BITS = 1_000_000_000L;
  private static final long MAX_SECONDS = Contact.LATEST_END.millis() / MILLIS * 2;

  private record Member(BigInteger value, Position position) {}

  private final Position position;
  private final ReadOptions options;
  private final Findings findings;
  private final EnumMap<HdtnField, Member> members = new EnumMap<>(HdtnField.class);
  private boolean broken;

  HdtnContact(Position position, ReadOptions options, Findings findings) {
    this.position = position;
    this.options = options;
    this.findings = findings;
  }

  /** A member with a whole number. */
  void put(HdtnField field, BigInteger value, Position at) {
    if (members.putIfAbsent(field, new Member(value, at)) != null) {
      problem(at, "\"" + field.label + "\" stands twice in one contact", "leave one out");
    }
  }

  /** A member whose value is no whole number. */
  void wrong(HdtnField field, String found, Position at) {
    problem(
        at,
        "\"%s\" is %s".formatted(field.label, found),
        "expected a whole number (HDTN takes a decimal for 0)");
  }

  private void problem(Position at, String what, String mend) {
    broken = true;
    findings.problem(at.line(), at.column(), what, mend);
  }

  /** The contact; empty after a problem was reported, or if the contact was left out. */
  Optional<Declared> declared(long epochMillis) {
    for (HdtnField field :
        new HdtnField[] {
          HdtnField.SOURCE, HdtnField.DEST, HdtnField.START_TIME, HdtnField.END_TIME
        }) {
      if (!members.containsKey(field) && !broken) {
        problem(position, "the contact has no \"" + field.label + "\"", "add it");
      }
    }
    if (broken) {
      return Optional.empty();
    }
    NodeNumber from = node(HdtnField.SOURCE);
    NodeNumber to = node(HdtnField.DEST);
    long start = time(HdtnField.START_TIME, epochMillis);
    long end = time(HdtnField.END_TIME, epochMillis);
    long rate = bytesPerSecond();
    long owlt = number(HdtnField.OWLT, 0, Contact.MAX_OWLT_MILLIS / MILLIS, 0) * MILLIS;
    if (broken || from.equals(to) || !isWindow(start, end)) {
      return Optional.empty();
    }
    return Optional.of(new Declared(from, to, start, end, rate, owlt, 1.0, position));
  }

  private boolean isWindow(long start, long end) {
    if (end > start) {
      return true;
    }
    Member member = members.get(HdtnField.END_TIME);
    findings.contradiction(
        options.tolerance(),
        member == null ? position : member.position(),
        end == start ? "the contact ends when it starts" : "the contact ends before it starts",
        "give an endTime after the startTime",
        "it is left out");
    return false;
  }

  private NodeNumber node(HdtnField field) {
    Member member = members.get(field);
    if (member == null || member.value().signum() <= 0 || member.value().bitLength() > 64) {
      problem(
          member == null ? position : member.position(),
          "\"" + field.label + "\" is no node number",
          "expected 1 up to 2^64-1");
      return NodeNumber.of(0);
    }
    return NodeNumber.of(member.value().longValue());
  }

  private long time(HdtnField field, long epochMillis) {
    long seconds = number(field, -MAX_SECONDS, MAX_SECONDS, 0);
    long millis = epochMillis + seconds * MILLIS;
    if (!broken && (millis < 0 || millis > Contact.LATEST_END.millis())) {
      Member member = members.get(field);
      problem(
          member == null ? position : member.position(),
          "\"" + field.label + "\" is not within the years 2000 to 2249",
          "look at the epoch that the times count from");
    }
    return millis;
  }

  private long bytesPerSecond() {
    long most = Contact.MAX_BYTES_PER_SECOND;
    long bits = number(HdtnField.RATE_BITS_PER_SEC, 0, most * 8, 0);
    if (members.containsKey(HdtnField.RATE)) {
      warning(HdtnField.RATE, "\"rate\" is superseded", "it is read as megabits per second");
      bits = bits > 0 ? bits : number(HdtnField.RATE, 0, most * 8 / 1_000_000, 0) * 1_000_000;
    }
    if (broken) {
      return 1;
    }
    if (bits == 0) {
      warning(
          HdtnField.RATE_BITS_PER_SEC,
          "the contact has no rate",
          "10^9 bits/s are taken, as in HDTN");
      bits = UNLIMITED_BITS;
    }
    if (bits < 8) {
      problem(position, "the rate is below one byte per second", "give 8 bits per second or more");
    }
    return bits / 8;
  }

  private void warning(HdtnField field, String what, String mend) {
    Member member = members.get(field);
    Position at = member == null ? position : member.position();
    findings.warning(at.line(), at.column(), what, mend);
  }

  private long number(HdtnField field, long least, long most, long absent) {
    Member member = members.get(field);
    if (member == null) {
      return absent;
    }
    if (member.value().compareTo(BigInteger.valueOf(least)) < 0
        || member.value().compareTo(BigInteger.valueOf(most)) > 0) {
      problem(
          member.position(),
          "\"" + field.label + "\" is out of range",
          "expected %d up to %d".formatted(least, most));
      return absent;
    }
    return member.value().longValue();
  }
}
