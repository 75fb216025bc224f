package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeSpan;
import dev.holdfast.contacts.Region;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  private static List<Contact> contacts(String text) {
    PlanReading.Parsed parsed = Readings.parsed(text, FLOATING);
    assertThat(parsed.format()).isEqualTo(PlanFormat.YAML);
    return parsed.plan().contacts();
  }

  @Test
  void readsNamesRegionsAndContacts() {
    String text =
        """
        epoch: 2026-01-01T00:00:00Z
        nodes: {earth: 1, moon-relay: 20}
        regions:
          mars: {nodes: [100..199, moon-relay], gateways: [31, 32]}
        contacts:
          - from: earth
            to: moon-relay
            both-ways: true
            start: 2026-01-01T01:00:00Z
            end: +2h30m
            rate: 2Mbit/s
            owlt: 1.3s
            confidence: 90%
          - {from: 20, to: 31, start: +60, for: 1m, rate: 100kB/s, owlt: 0s}
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, ReadOptions.STRICT);
    DtnTime epoch = DtnTime.of(Instant.parse("2026-01-01T00:00:00Z"));
    Contact there =
        new Contact(
            node(1), node(20), epoch.plus(3_600_000), epoch.plus(9_000_000), 250_000, 1300, 0.9);
    Contact back =
        new Contact(
            node(20), node(1), epoch.plus(3_600_000), epoch.plus(9_000_000), 250_000, 1300, 0.9);
    Contact relay =
        Contact.of(node(20), node(31), epoch.plus(60_000), epoch.plus(120_000), 100_000, 0);
    assertThat(parsed.plan().contacts()).containsExactly(there, back, relay);
    assertThat(parsed.floating()).isFalse();
    assertThat(parsed.plan().facts().names())
        .isEqualTo(Map.of(node(1), "earth", node(20), "moon-relay"));
    assertThat(parsed.plan().facts().regions())
        .containsExactly(
            new Region(
                "mars",
                List.of(NodeSpan.of(node(20)), new NodeSpan(node(100), node(199))),
                List.of(node(31), node(32))));
    Printed printed = YamlText.print(parsed.plan(), TimeStyle.ABSOLUTE);
    assertThat(printed.losses()).isEmpty();
    assertThat(printed.text())
        .isEqualTo(
            """
            nodes:
              earth: 1
              moon-relay: 20
            regions:
              mars: {nodes: [20, 100..199], gateways: [31, 32]}
            contacts:
              - {from: moon-relay, to: 31, start: 2026-01-01T00:01:00Z, end: 2026-01-01T00:02:00Z, rate: 800kbit/s, owlt: 0s}
              - {from: earth, to: moon-relay, both-ways: true, start: 2026-01-01T01:00:00Z, end: 2026-01-01T02:30:00Z, rate: 2Mbit/s, owlt: 1.3s, confidence: 0.9}
            """);
    assertThat(Readings.parsed(printed.text(), ReadOptions.STRICT).plan()).isEqualTo(parsed.plan());
    assertThat(
            YamlText.print(
                    parsed.plan(), new TimeStyle.Relative(new Epoch.At(epoch.millis()), true))
                .text())
        .startsWith("epoch: 2026-01-01T00:00:00Z\n")
        .contains("start: +1h, end: +2h30m,");
  }

  @Test
  void passesRecurEverySoOften() {
    assertThat(
            contacts(
                """
                contacts:
                  - {from: 1, to: 2, first: +10s, every: 1h, for: 5m, until: +2h10s, rate: 8bit/s, owlt: 1s}
                """))
        .containsExactly(contact(1, 2, 10, 310, 1, 1), contact(1, 2, 3610, 3910, 1, 1));
  }

  @Test
  void passesRecurAsCronSays() {
    List<Contact> contacts =
        contacts(
            """
            contacts:
              - from: 1
                to: 2
                cron: 30 8,20 * * MON-FRI
                first: 2026-01-02T09:00:00Z   # a Friday
                until: 2026-01-06T08:30:00Z
                for: 90m
                rate: 1kbit/s
                owlt: 0s
            """);
    assertThat(contacts.stream().map(c -> TimeText.iso(c.start())))
        .containsExactly("2026-01-02T20:30:00Z", "2026-01-05T08:30:00Z", "2026-01-05T20:30:00Z");
    assertThat(contacts).allMatch(c -> c.durationMillis() == 90 * 60_000);
  }

  @Test
  void aRateMayChangeWithinAContact() {
    assertThat(
            contacts(
                """
                contacts:
                  - {from: 1, to: 2, start: +0, end: +100, rate: {0s: 10B/s, 30s: 20B/s}, owlt: 0s}
                """))
        .containsExactly(contact(1, 2, 0, 30, 10, 0), contact(1, 2, 30, 100, 20, 0));
  }

  /** A light time that changes is cut so that none is more than 1 % too long and none too short. */
  @Test
  void aLightTimeThatChangesIsCut() {
    List<Contact> contacts =
        contacts(
            """
            contacts:
              - from: 1
                to: 2
                start: +0
                end: +1000s
                rate: 1kB/s
                owlt: {+0: 100s, +500s: 110s, +1000s: 90s}
            """);
    assertThat(contacts).hasSizeBetween(15, 40);
    assertThat(contacts.getFirst().start()).isEqualTo(at(0));
    assertThat(contacts.getLast().end()).isEqualTo(at(1000));
    for (int i = 0; i < contacts.size(); i++) {
      Contact piece = contacts.get(i);
      assertThat(i == 0 || contacts.get(i - 1).end().equals(piece.start())).isTrue();
      for (long t = piece.start().millis(); t <= piece.end().millis(); t += 100) {
        double true_ = t <= 500_000 ? 100_000 + t * 0.02 : 110_000 - (t - 500_000) * 0.04;
        assertThat(piece.owltMillis() - true_).isBetween(-0.001, true_ * 0.01 + 1);
      }
    }
    String coarse =
        "owlt-tolerance: 30s\ncontacts:\n- {from: 1, to: 2, start: +0, end: +9s, rate: 1kB/s,"
            + " owlt: {+0: 100s, +9s: 110s}}\n";
    assertThat(contacts(coarse)).containsExactly(contact(1, 2, 0, 9, 1000, 110));
  }

  @Test
  void rangesGiveLightTimes() {
    assertThat(
            contacts(
                """
                ranges:
                  - {from: 1, to: 2, both-ways: true, end: +50s, owlt: 1s}
                  - {from: 1, to: 2, start: +50s, owlt: 2s}
                contacts:
                  - {from: 1, to: 2, start: +0, end: +100s, rate: 1kB/s}
                  - {from: 2, to: 1, start: +0, end: +50s, rate: 1kB/s}
                  - {from: 2, to: 1, start: +50s, end: +60s, rate: 1kB/s, owlt: 7s}
                """))
        .containsExactly(
            contact(1, 2, 0, 50, 1000, 1),
            contact(1, 2, 50, 100, 1000, 2),
            contact(2, 1, 0, 50, 1000, 1),
            contact(2, 1, 50, 60, 1000, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          contacts: [{from: 1, to: 2, start: +0, end: +9, rate: 1kB/s}] ~ 1:12: contact 1>2 has no light time for all of its window from 2000-01-01T00:00:00Z on; write owlt, or a range
          contacts: [{from: 1, to: 2, start: +9, end: +9, rate: 1kB/s, owlt: 0s}] ~ 1:12: the contact ends when it starts; give an end after the start
          contacts: [{from: 1, to: 2, start: +0, end: +9, rate: 1kB, owlt: 0s}] ~ 1:55: contacts.rate: '1kB' is no rate; write a number with bit/s, kbit/s, Mbit/s, Gbit/s or B/s, such as 2Mbit/s
          contacts: [{from: 1, to: 2, star: +0, end: +9, rate: 1kB/s, owlt: 0s}] ~ 1:29: unknown key 'star' in 'contacts'; did you mean 'start'?
          contacts: [{from: 1, to: 2, start: soon, end: +9, rate: 1kB/s, owlt: 0s}] ~ 1:36: contacts.start: 'soon' is no time; write 2026-01-01T00:00:00Z, or +2h30m after the epoch
          contacts: [{from: 1, to: 1, start: +0, end: +9, rate: 1kB/s, owlt: 0s}] ~ 1:26: to: this is the node that sends; name another one
          contacts: [{from: 1, to: 2, first: +0, for: 1s, until: +9, rate: 1kB/s, owlt: 0s}] ~ 1:12: contacts: say either every or cron; write every: 12h, or start and end
          contacts: [{from: 1, to: 2, first: +0, for: 1s, until: +9, cron: 1 2, rate: 1kB/s, owlt: 0s}] ~ 1:66: contacts.cron: '1 2' is no cron expression; write five fields, minute, hour, day, month, weekday, such as 0 8 * * MON-FRI, or @daily
          contacts: [{from: 1, to: 2, first: +0, for: 1m, every: 1s, until: +9, rate: 1kB/s, owlt: 0s}] ~ 1:45: for: longer than every, so that contacts run into each other
          contacts: [{from: 1, to: 2, start: +0, end: +9, rate: {1s: 1kB/s}, owlt: 0s}] ~ 1:56: rate: steps begin at 0s and run forward; write 0s: 1Mbit/s, 10m: …
          contacts: [{from: 1, to: 2, start: +0, end: +9, rate: {0s: 1kB/s, 9s: 2kB/s}, owlt: 0s}] ~ 1:12: rate: a step begins after the contact is over; leave it out
          contacts: [{from: 1, to: 2, start: +0, end: +9, rate: 1kB/s, owlt: 0s, confidence: 2}] ~ 1:84: contacts.confidence: '2' is no confidence; write 0.9 or 90%, above 0 and at most 1
          nodes: {1: 2} ~ 1:9: nodes: '1' is a number; write name: number
          nodes: {earth: home} ~ 1:16: nodes.earth: 'home' is no node number; write 977 or 974848.977
          regions: {mars: {nodes: [9..5]}} ~ 1:26: regions.mars.nodes: 5 comes before 9
          ranges: [{from: 1, to: 2, start: +9, end: +5, owlt: 1s}] ~ 1:43: ranges.end: it is not after the start
          """)
  void tellsWhereAndWhat(String text, String problem) {
    assertThat(Readings.problems(text)).containsExactly("p:" + problem);
  }

  @Test
  void aMisspeltNodeIsNamed() {
    assertThat(
            Readings.problems(
                "nodes: {earth: 1}\ncontacts: [{from: erth, to: 2, start: +0, end: +9, rate: 1kB/s,"
                    + " owlt: 0s}]"))
        .containsExactly(
            "p:2:19: contacts.from: 'erth' is neither a number nor one of nodes; did you mean"
                + " 'earth'?");
  }

  @Test
  void offsetsNeedAnEpochWhereOneIsAsked() {
    assertThat(
            Readings.problems(
                "contacts: [{from: 1, to: 2, start: +0, end: +9, rate: 1kB/s, owlt: 0s}]",
                ReadOptions.STRICT))
        .contains(
            "p:1:36: contacts.start: '+0' counts from nothing named; add epoch:"
                + " 2026-01-01T00:00:00Z");
    assertThat(
            Readings.problems(
                "contacts: [{from: 1, to: 2, start: +0, end: 2026-01-01T00:00:00Z, rate: 1kB/s, owlt:"
                    + " 0s}]"))
        .containsExactly(
            "p:1:45: contacts.end: the plan has dates, and offsets that count from nothing named; add"
                + " epoch: 2026-01-01T00:00:00Z");
  }
}
