package dev.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole gateways in one process: real stores, real sockets. */
class GatewayTest {
  @TempDir Path dir;
  private final List<Gateway> open = new ArrayList<>();
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());

  @AfterEach
  void close() {
    open.forEach(Gateway::close);
    assertThat(failure.get()).isEmpty();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Gateway gateway(int node, int port, int other, int otherPort) throws Exception {
    return gateway("tcpcl", "", node, port, other, otherPort);
  }

  private Gateway gateway(String layer, String more, int node, int port, int other, int otherPort)
      throws Exception {
    Path file = dir.resolve("g" + node + ".yaml");
    Files.writeString(
        file,
        """
        node: ipn:%d
        store:
          directory: %s
        listen:
          %s:
            address: 127.0.0.1:%d
        links:
          - name: other
            type: %s
            peer: ipn:%d
            dial: 127.0.0.1:%d
            schedule: always
            %s
        routes:
          - to: ipn:%d.*
            via: other
        api:
          address: 127.0.0.1:%d
        """
            .formatted(
                node,
                dir.resolve("store" + node),
                layer,
                port,
                layer,
                other,
                otherPort,
                more,
                other,
                freePort()));
    GatewayConfig config = ConfigReader.load(file);
    Gateway gateway =
        Gateway.open(
            config,
            () -> config,
            new SystemClock(new SystemClock.Trust(100, 10_000, 3_600_000)),
            "test",
            t -> failure.set(Optional.of(t)));
    open.add(gateway);
    assertThat(gateway.start()).isEmpty();
    return gateway;
  }

  private static Answer ask(Gateway gateway, Request request) throws Exception {
    return gateway.loop().ask(request).get(20, TimeUnit.SECONDS);
  }

  private static Request.Submit submit(int to, int size) {
    return new Request.Submit(
        IpnEid.of(to, 5),
        Optional.of(IpnEid.of(3 - to, 5)),
        3_600_000,
        new Request.Service(TrafficClass.NORMAL, 0, false, false, true, 32),
        Request.Reports.NONE,
        new Payload.Inline(Octets.wrap(new byte[size])),
        Optional.empty());
  }

  @Test
  void bundlesGoBothWaysOverTcpAndAreDeliveredOnce() throws Exception {
    int one = freePort();
    int two = freePort();
    Gateway a = gateway(1, one, 2, two);
    Gateway b = gateway(2, two, 1, one);
    for (int i = 0; i < 200; i++) {
      assertThat(ask(a, submit(2, i * 50))).isInstanceOf(Answer.Submitted.class);
      assertThat(ask(b, submit(1, i * 50))).isInstanceOf(Answer.Submitted.class);
    }
    assertThat(receive(a, 1, 200)).isEqualTo(200);
    assertThat(receive(b, 2, 200)).isEqualTo(200);
    b.drain(5_000);
    open.remove(b);
  }

  @Test
  void whatHappensOnItsLinksIsRecorded() throws Exception {
    int one = freePort();
    int two = freePort();
    Gateway a = gateway("tcpcl", "\nrecord:\n  directory: record", 1, one, 2, two);
    Gateway b = gateway(2, two, 1, one);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(a, submit(2, i * 50))).isInstanceOf(Answer.Submitted.class);
      assertThat(ask(b, submit(1, i * 50))).isInstanceOf(Answer.Submitted.class);
    }
    assertThat(receive(a, 1, 20)).isEqualTo(20);
    assertThat(receive(b, 2, 20)).isEqualTo(20);
    b.drain(5_000);
    open.remove(b);
    a.drain(5_000);
    open.remove(a);
    List<String> lines = Files.readAllLines(dir.resolve("record/links-000001.linktrace"));
    assertThat(lines).filteredOn(line -> line.contains(" 1>2 xfer id=ipn:1.5/")).hasSize(20);
    assertThat(lines).filteredOn(line -> line.contains(" 2>1 xfer id=ipn:2.5/")).hasSize(20);
    assertThat(lines).anyMatch(line -> line.endsWith(" 1>2 up"));
    assertThat(lines).anyMatch(line -> line.contains(" 2>1 down"));
  }

  @Test
  void overMtcpABundleIsReleasedWhenItHasLeft() throws Exception {
    int one = freePort();
    int two = freePort();
    Gateway a = gateway("mtcp", "confirmation: assume", 1, one, 2, two);
    Gateway b = gateway("mtcp", "confirmation: assume", 2, two, 1, one);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(a, submit(2, i * 50_000))).isInstanceOf(Answer.Submitted.class);
      assertThat(ask(b, submit(1, i * 50_000))).isInstanceOf(Answer.Submitted.class);
    }
    assertThat(receive(a, 1, 20)).isEqualTo(20);
    assertThat(receive(b, 2, 20)).isEqualTo(20);
  }

  private static int receive(Gateway gateway, int node, int want) throws Exception {
    int got = 0;
    while (got < want) {
      Answer answer = ask(gateway, new Request.Fetch(IpnEid.of(node, 5), 64, 60_000, 10_000));
      List<Answer.Delivery> some = ((Answer.Fetched) answer).deliveries();
      if (some.isEmpty()) {
        return got;
      }
      got += some.size();
      ask(
          gateway,
          new Request.Acknowledge(
              IpnEid.of(node, 5), some.stream().map(d -> d.bundle().key()).toList()));
    }
    return got;
  }
}
