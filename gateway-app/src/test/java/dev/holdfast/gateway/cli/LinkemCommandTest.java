package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.gateway.clock.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
final class LinkemCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
    CommandLine line = HoldfastCommand.commandLine(List.of(new LinkemCommand(clock)));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int linkem(String options) {
    return run(
        ("linkem --listen 127.0.0.1:0 --connect 127.0.0.1:9 " + options).strip().split(" +"));
  }

  private JsonNode line(int number) {
    return MAPPER.readTree(out.toString().lines().toList().get(number));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void relaysAndTellsWhatWentThrough() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread command =
          Thread.ofPlatform()
              .start(
                  () ->
                      run(
                          "linkem",
                          "--listen",
                          "127.0.0.1:0",
                          "--connect",
                          "127.0.0.1:" + server.getLocalPort(),
                          "--owlt",
                          "20ms",
                          "--rate",
                          "8Mbit/s",
                          "--for",
                          "1500ms",
                          "--json"));
      await().until(() -> out.toString().lines().count() >= 2);
      String listen = line(0).get("listen").stringValue();
      int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
      try (Socket near = new Socket("127.0.0.1", port);
          Socket far = server.accept()) {
        near.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        near.shutdownOutput();
        assertThat(far.getInputStream().readAllBytes()).hasSize(5);
      }
      command.join();
    }

    assertThat(line(0).get("event").stringValue()).isEqualTo("listening");
    assertThat(line(1).get("state").stringValue()).isEqualTo("open");
    assertThat(line(1).get("until_s").isNull()).isTrue();
    assertThat(line(2).get("connections").intValue()).isEqualTo(1);
    assertThat(line(2).get("forward").get("stream_bytes_delivered").intValue()).isEqualTo(5);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void followsATrace() throws IOException {
    Path trace =
        file(
            "trace",
            """
            #linktrace 1
            0.6 7>8 up rate=1000
            0.6 8>7 up
            0.9 7>8 rate 500
            1.2 7>8 down
            1.2 8>7 down
            1.8 7>8 up
            2.4 7>8 down
            3 8>9 up
            """);

    assertThat(linkem("--for 3s --from 7 --to 8 --trace " + trace)).isZero();

    assertThat(
            out.toString()
                .lines()
                .skip(1)
                .map(l -> l.replaceAll("^.*?: |for [0-9.]+ s", "").strip()))
        .containsExactly(
            "closed",
            "open",
            "closed",
            "forward only",
            "closed for good",
            "0 connections (0 refused, 0 cut); forward 0 of 0 bytes, 0 packets lost;"
                + " backward 0 of 0 bytes, 0 packets lost");
    assertThat(err.toString()).isEmpty();
  }

  /** What is open at once, and until when. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          0 CONN 1 2 up|9 CONN 1 2 down|9 C M1 1 2 7 ~ --from 1 --to 2 ~ open     ~ 9.0
          5|5|7000                                   ~                 ~ open     ~ 7.0
          5|5|7                                      ~ --loop 4s       ~ open     ~ 4.0
          2,1,0,4,1000,0.5                           ~ --from 1 --to 2 ~ backward ~ 4.0
          0 1>2 up|3 1>2 down                ~ --format linktrace --from 1 --to 2 ~ forward ~ 3.0
          a range +0 +9 1 2 1|a contact +0 +4 1 2 1000 ~ --from 1 --to 2 ~ forward ~ 4.0
          {"edges":[{"contacts":[["1","2",0,4,[[0,1,[[1,8000,1]]]]]]}]} ~ --from 2 --to 1 ~ backward ~ 4.0
          """)
  void followsEveryFormat(String text, String options, String state, double until)
      throws IOException {
    String header = text.contains(">") ? "#linktrace 1\n" : "";
    Path trace = file("t", header + text.replace('|', '\n') + "\n");
    String given = options == null ? "" : options + " ";

    int exit = linkem("--for 1ms --json " + given + "--trace " + trace);
    assertThat(exit).as(err.toString()).isZero();
    assertThat(line(1).get("state").stringValue()).isEqualTo(state);
    assertThat(line(1).get("until_s").doubleValue()).isEqualTo(until);
  }

  @Test
  void aTraceThatSaysWhenItWasIsOverUnlessItIsMoved() throws IOException {
    Path trace = file("t", "#linktrace 1\n#epoch 2020-01-01T00:00:00Z\n0 1>2 up\n5 1>2 down\n");
    String options = "--for 1ms --json --from 1 --to 2 --trace " + trace;

    assertThat(linkem(options)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "holdfast linkem: "
                + trace
                + ": all that it tells of the link is over; --epoch start plays it from now on\n");
    assertThat(linkem(options + " --epoch start")).isZero();
    assertThat(line(1).get("state").stringValue()).isEqualTo("forward");
  }

  @Test
  void followsAContactPlan() throws IOException {
    Path plan =
        file(
            "plan.ionrc",
            """
            a range +0 +10 1 2 1
            a contact +0 +3 1 2 1000
            a contact +1 +3 2 1 1000
            """);

    assertThat(linkem("--for 1100ms --json --from 1 --to 2 --trace " + plan)).isZero();

    assertThat(line(1).get("state").stringValue()).isEqualTo("forward");
    assertThat(line(2).get("state").stringValue()).isEqualTo("open");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--rate 5|--rate: '5' is no rate; write a number with bit/s, kbit/s, Mbit/s, Gbit/s or B/s,"
            + " such as 2Mbit/s",
        "--owlt 367d|--owlt: a light time of 367d is over 366d",
        "--loss 2|--loss: a loss of 2 lets nothing through; below 100%",
        "--listen nowhere|--listen: 'nowhere' is no address; write host:port, such as"
            + " 127.0.0.1:4556 or [::1]:4556",
        "--epoch noon|--epoch: 'noon' is no instant; write 2026-11-21T12:00:00Z or start",
        "--loss -1|--loss: '-1' is no loss; write 1% or 0.01, below 100%",
        "--loss NaN|--loss: 'NaN' is no loss; write 1% or 0.01, below 100%",
        "--from 1|--from, --to, --format, --loop, --repair: they need --trace",
        "--trace /no/such/file|/no/such/file: there is no such file; look at the path",
        "--buffer 0B|--buffer: at least 1B",
        "--speed 3|'--speed' is not understood here; see holdfast linkem --help",
      })
  void unusableArgumentsAreOneLineAndExitCode2(String options, String message) {
    int code =
        options.startsWith("--listen")
            ? run("linkem", "--connect", "127.0.0.1:9", "--listen", "nowhere")
            : linkem(options);

    assertThat(err.toString().strip()).isEqualTo("holdfast linkem: " + message.replace("@", ","));
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongFilesAreToldWithTheirPlace() throws IOException {
    Path trace = file("trace", "#linktrace 1\n0 1>2 up\n0 1>2 rain\n");
    assertThat(linkem("--from 1 --to 2 --trace " + trace)).isEqualTo(2);
    assertThat(err.toString()).contains(trace + ":3: the word 'rain' is unknown; ");

    Path plan = file("plan", "a contact +0 +3 1 2 fast\n");
    assertThat(linkem("--from 1 --to 2 --trace " + plan)).isEqualTo(2);
    assertThat(err.toString()).contains(plan + ":1:");

    Path other = file("other", "a range +0 +9 1 2 1\na contact +0 +3 1 2 1000\n");
    assertThat(linkem("--from 5 --to 6 --trace " + other)).isEqualTo(2);
    assertThat(err.toString())
        .contains(other + ": nothing is said of a link between 5 and 6; it has 1>2\n");
    assertThat(linkem("--to 6 --trace " + other)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--from and --to: name the two nodes whose link it is; holdfast trace check ");
    assertThat(linkem("--loop 5 --trace " + file("m", "5\n7\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("--loop: '5' is no ");
    assertThat(linkem("--trace " + file("odd", "what is this\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("this is no trace that is known; say with --format what");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aPortInUseIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      assertThat(run("linkem", "--listen", address, "--connect", "127.0.0.1:9")).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("holdfast linkem: --listen: cannot listen at " + address + ": ")
          .endsWith("choose another port\n")
          .hasLineCount(1);
    }
  }
}
