package dev.holdfast.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.gateway.scenario.ScenarioReader;
import dev.holdfast.gateway.sim.RecordedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture gives a gateway what it gave the node that it shows. */
class CaptureReplayTest {
  private static final DtnTime START =
      new DtnTime(SmallCapture.START_SECONDS * 1_000 - DtnTime.EPOCH_UNIX_MILLIS);

  @TempDir Path folder;

  private static Bundle bundle(int from, int to, int number, int size) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) (number + 31 * i + (i >> 8));
    }
    return BundleBuilder.to(IpnEid.of(to, 5))
        .from(IpnEid.of(from, 6))
        .created(new CreationTimestamp(START, number))
        .lifetime(3_600_000)
        .build(Octets.wrap(payload));
  }

  private Path write(SmallCapture capture) throws IOException {
    return capture.write(folder.resolve("small.pcap"));
  }

  private static void areTheSame(List<Bundle> got, Bundle... sent) {
    assertThat(got).extracting(Bundle::id).containsExactly(ids(sent));
    assertThat(got)
        .extracting(Bundle::payload)
        .containsExactly(List.of(sent).stream().map(Bundle::payload).toArray(Octets[]::new));
  }

  private static BundleId[] ids(Bundle... bundles) {
    return List.of(bundles).stream().map(Bundle::id).toArray(BundleId[]::new);
  }

  @Test
  void whatWasSentToTheNodeComesToTheGateway() throws IOException {
    Bundle first = bundle(2, 1, 1, 1);
    Bundle second = bundle(2, 1, 2, 5_000);
    Bundle third = bundle(2, 1, 3, 30_000);
    Bundle back = bundle(1, 2, 4, 100);
    Path file =
        write(
            new SmallCapture()
                .session(0, 2, 1)
                .sends(1, 2, first.encoded())
                .sends(2, 1, back.encoded())
                .sends(3, 2, second.encoded())
                .ends(4)
                .session(10, 1, 2)
                .sends(20, 2, third.encoded())
                .ends(20));

    CaptureOutcome outcome = CaptureReplay.of(file, "1").run();

    areTheSame(outcome.own(), first, second, third);
    assertThat(outcome.taken()).isEqualTo(3);
    assertThat(outcome.notTaken()).isEmpty();
    assertThat(outcome.waiting()).isEmpty();
    assertThat(outcome.got().get("2")).isEmpty();
    assertThat(outcome.nanos()).isEqualTo(80_000_000_000L);
    assertThat(CaptureReplay.of(file, "1").run().hash()).isEqualTo(outcome.hash());
    areTheSame(CaptureReplay.of(file, "2").run().own(), back);
  }

  /** What comes while the next neighbour cannot be heard waits for it. */
  @Test
  void whatTheNodeForwardedTheGatewayForwards() throws IOException {
    Bundle early = bundle(2, 30, 1, 700);
    Bundle late = bundle(2, 30, 2, 800);
    Bundle inVain = bundle(2, 30, 3, 900);
    Path file =
        write(
            new SmallCapture()
                .session(0, 2, 1)
                .sends(1, 2, early.encoded())
                .sends(12, 2, late.encoded())
                .sends(30, 2, inVain.encoded())
                .ends(31)
                .session(10, 1, 3)
                .sends(11, 1, early.encoded())
                .sends(13, 1, late.encoded())
                .ends(20));

    CaptureOutcome outcome = CaptureReplay.of(file, "1").run();

    List<RecordedNode.Received> got = outcome.got().get("3");
    areTheSame(got.stream().map(RecordedNode.Received::bundle).toList(), early, late);
    assertThat(got.getFirst().nanos()).isBetween(10_000_000_000L, 11_000_000_000L);
    areTheSame(outcome.waiting(), inVain);
    assertThat(outcome.own()).isEmpty();
  }

  @Test
  void whatIsNoBundleIsNotTaken() throws IOException {
    Bundle good = bundle(2, 1, 1, 10);
    Octets bad = good.encoded().slice(0, 20);
    Path file =
        write(
            new SmallCapture()
                .session(0, 2, 1)
                .sends(1, 2, bad)
                .sends(2, 2, good.encoded())
                .ends(3));

    CaptureOutcome outcome = CaptureReplay.of(file, "1").run();

    areTheSame(outcome.own(), good);
    assertThat(outcome.notTaken().get("2"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.encoded()).isEqualTo(bad);
              assertThat(one.why()).startsWith("no bundle: ");
            });
  }

  @Test
  void tellsWhichNodesThereAre() throws IOException {
    Path file = write(new SmallCapture().session(0, 2, 1).ends(1));
    assertThatThrownBy(() -> CaptureReplay.of(file, "7").run())
        .isInstanceOf(BadInputException.class)
        .hasMessage(file + ": node '7' is not in the capture; there are [1, 2]");
  }

  /** A captured link drives traffic of a scenario: up from 10 s to 20 s and from 40 s on. */
  @Test
  void drivesAScenario() throws IOException {
    Path _ =
        write(
            new SmallCapture()
                .session(10, 1, 2)
                .ends(20)
                .session(40, 2, 1)
                .ends(50)
                .session(0, 3, 1)
                .ends(1));
    for (String format : List.of("", ", format: capture")) {
      Scenario scenario =
          ScenarioReader.parse(
              "s.yaml",
              """
              scenario: captured
              duration: 60s
              nodes: { a: { id: ipn:1 }, b: { id: ipn:2 }, c: { id: ipn:3 } }
              links: [ { between: [a, b] }, { between: [a, c] } ]
              traces: [ { file: small.pcap%s } ]
              traffic:
                - { from: ipn:1.7, to: ipn:2.7, first: 1s, every: 5s, count: 10, size: 100B }
              expect:
                - delivered >= 90%%
              """
                  .formatted(format),
              folder);
      RunResult result = Replay.run(scenario);
      assertThat(result.violation()).isEmpty();
      // The last one is made at 46 s; those of 21 s to 36 s wait for the second session.
      assertThat(result.totals().delivered()).isEqualTo(10);
      assertThat(result.contacts())
          .as("when a>b was up")
          .filteredOn(c -> c.link().equals("a>b") && c.toNanos() > c.fromNanos())
          .extracting(c -> c.fromNanos() / 1_000_000_000L)
          .containsExactly(10L, 40L);
    }
  }

  @Test
  void aCaptureOfSomethingElseIsToldByItsName() throws IOException {
    Path file = write(new SmallCapture());
    Scenario scenario =
        ScenarioReader.parse(
            "s.yaml",
            """
            scenario: captured
            duration: 60s
            nodes: { a: { id: ipn:1 }, b: { id: ipn:2 } }
            links: [ { between: [a, b] } ]
            traces: [ { file: small.pcap } ]
            """,
            folder);
    assertThatThrownBy(() -> Replay.run(scenario))
        .isInstanceOf(BadTraceException.class)
        .hasMessageStartingWith(file + ": offset 0: nothing of TCPCLv4, MTCP or UDPCL");
    assertThatThrownBy(() -> CaptureReplay.of(file, "1").run())
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ": offset 0: nothing of TCPCLv4, MTCP or UDPCL");
  }
}
