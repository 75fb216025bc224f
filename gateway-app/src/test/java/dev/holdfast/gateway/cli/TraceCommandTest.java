package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TraceCommandTest {
  private static final String TRACE =
      """
      #linktrace 1
      #epoch 2026-12-01T00:00:00Z
      0 2>3 up rate=1000 owlt=1.25
      10 2>3 reset
      20 2>3 rate 500
      30.5 2>3 xfer id=7 bytes=2048 end=31
      40 2>3 down inflight=lost
      50 3>2 up
      60 3>2 opportunity 1500
      """;

  @TempDir private Path folder;

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  private static Run run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new TraceCommand()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] arguments =
        Stream.concat(Stream.of("trace"), Stream.of(words).map(Object::toString))
            .toArray(String[]::new);
    int exit = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return new Run(exit, out.toString(), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Two MTCP bundles from 10.0.0.1 to 10.0.0.2, the second one cut off. */
  private Path capture() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(4096);
    file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
    file.putInt(262_144).putInt(101);
    byte[][] payloads = {{0x43, (byte) 0x9f, 1, (byte) 0xff}, {0x43, (byte) 0x9f, 2}};
    int sequence = 1;
    for (int i = 0; i < payloads.length; i++) {
      int length = 40 + payloads[i].length;
      file.putInt(1_796_083_200 + i).putInt(250_000).putInt(length).putInt(length);
      file.putInt(0x45000000 | length).putInt(0).putInt(0x40060000);
      file.putInt(0x0a000001).putInt(0x0a000002);
      file.putShort((short) 50_000).putShort((short) 4557).putInt(sequence).putInt(0);
      file.putInt(0x50100000).putInt(0).put(payloads[i]);
      sequence += payloads[i].length;
    }
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return Files.write(folder.resolve("mtcp.pcap"), bytes);
  }

  @Test
  void checksATrace() throws IOException {
    Path trace = file("t.linktrace", TRACE);
    assertThat(run("check", trace))
        .isEqualTo(
            new Run(
                0,
                trace
                    + """
                    : linktrace, 7 events on 2 links of 2 nodes within 1m 00s, from 2026-12-01T00:00:00Z
                    LINK     UPS          UP  RESETS      VOLUME   BUNDLES        SEEN
                    2>3        1        40 s       1    29.3 KiB         1     2.0 KiB
                    3>2        1        10 s       0     1.5 KiB         0         0 B
                    """,
                ""));
    assertThat(run("check", trace, "--json").out())
        .isEqualTo(
            "{\"trace\":\""
                + trace
                + "\",\"format\":\"linktrace\",\"epoch\":\"2026-12-01T00:00:00Z\",\"events\":7,"
                + "\"first_s\":0,\"last_s\":60,\"nodes\":[\"2\",\"3\"],\"links\":["
                + "{\"from\":\"2\",\"to\":\"3\",\"ups\":1,\"up_s\":40,\"resets\":1,"
                + "\"volume_bytes\":30000,\"bundles\":1,\"bundle_bytes\":2048},"
                + "{\"from\":\"3\",\"to\":\"2\",\"ups\":1,\"up_s\":10,\"resets\":0,"
                + "\"volume_bytes\":1500,\"bundles\":0,\"bundle_bytes\":0}],\"findings\":[]}\n");
  }

  @Test
  void showsEvents() throws IOException {
    Path trace = file("t.linktrace", TRACE);
    assertThat(run("show", trace, "--node", "3", "--count", "2").out())
        .isEqualTo(TRACE.lines().limit(4).map(line -> line + "\n").reduce("", String::concat));
    assertThat(run("show", trace, "--json").out().lines())
        .containsExactly(
            "{\"at_s\":0,\"from\":\"2\",\"to\":\"3\",\"change\":\"up\",\"rate_bytes_per_s\":1000,"
                + "\"owlt_s\":1.25}",
            "{\"at_s\":10,\"from\":\"2\",\"to\":\"3\",\"change\":\"reset\"}",
            "{\"at_s\":20,\"from\":\"2\",\"to\":\"3\",\"change\":\"rate\",\"rate_bytes_per_s\":500}",
            "{\"at_s\":30.5,\"from\":\"2\",\"to\":\"3\",\"change\":\"xfer\",\"bundle\":\"7\","
                + "\"bytes\":2048,\"end_s\":31}",
            "{\"at_s\":40,\"from\":\"2\",\"to\":\"3\",\"change\":\"down\",\"inflight\":\"lost\"}",
            "{\"at_s\":50,\"from\":\"3\",\"to\":\"2\",\"change\":\"up\"}",
            "{\"at_s\":60,\"from\":\"3\",\"to\":\"2\",\"change\":\"opportunity\",\"bytes\":1500}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          1 CONN 2 3 up|9 C M1 2 3 50  ~ --rate 1Mbit/s --owlt 2s  ~ 1 2>3 up rate=125000 owlt=2
          5|5|7                        ~ --link 2>3 --loop 20ms    ~ 0 2>3 up
          2,3,1,4,1000,0.5             ~                           ~ 1 2>3 up rate=1000 owlt=0.5
          a range +0 +9 2 3 1|a contact +1 +4 2 3 1000 ~           ~ 1 2>3 up rate=1000 owlt=1
          {"edges":[{"contacts":[["2","3",1,4,[[0,1,[[1,8000,1]]]]]]}]} ~ ~ 1 2>3 up rate=1000 owlt=1
          """)
  void convertsEveryFormat(String text, String options, String first) throws IOException {
    Path trace = file("t.txt", text.replace('|', '\n'));
    Stream<String> words =
        Stream.concat(
            Stream.of("convert", trace.toString()),
            options == null ? Stream.of() : Stream.of(options.split(" ", -1)));
    Run run = run(words.toArray());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).startsWith("#linktrace 1", first);
    Path again = file("again.linktrace", run.out());
    assertThat(run("convert", again).out()).isEqualTo(run.out());
  }

  @Test
  void writesTheBundlesOfACapture() throws IOException {
    Path capture = capture();
    Path out = folder.resolve("out.linktrace");
    Path bundles = folder.resolve("bundles");
    Run run =
        run(
            "convert",
            capture,
            "-o",
            out,
            "--bundles",
            bundles,
            "--json",
            "--name",
            "10.0.0.1=2",
            "--name",
            "10.0.0.2:4557=3");
    assertThat(run)
        .isEqualTo(
            new Run(
                0,
                "{\"trace\":\"%s\",\"events\":4,\"dir\":\"%s\",\"bundles\":1,\"bundle_bytes\":3}\n"
                    .formatted(out, bundles),
                capture + ": 1 bundles did not cross whole: the capture ends within it\n"));
    assertThat(Files.readString(out))
        .isEqualTo(
            """
            #linktrace 1
            #epoch 2026-12-01T00:00:00.250Z
            0 2>3 up
            0 2>3 xfer id=1 bytes=3 end=0
            0 2>3 rate 3
            1 2>3 down inflight=delivered
            """);
    try (Stream<Path> files = Files.list(bundles)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactly("000001-2-3.bundle");
    }
    assertThat(Files.readAllBytes(bundles.resolve("000001-2-3.bundle")))
        .isEqualTo(new byte[] {(byte) 0x9f, 1, (byte) 0xff});

    Run second =
        run(
            "convert",
            capture,
            "--bundles",
            bundles,
            "--name",
            "10.0.0.1=2",
            "--name",
            "10.0.0.2=3");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err())
        .isEqualTo(
            "holdfast trace convert: --bundles: "
                + bundles.resolve("000001-2-3.bundle")
                + " is there already; name another directory\n");
  }

  @Test
  void aBrokenTraceIsUnusableAndLeavesNoFile() throws IOException {
    Path trace = file("t.linktrace", TRACE + "59 3>2 down\n");
    Path out = folder.resolve("out.linktrace");
    String line = trace + ":10: time runs backwards: 59 after 60; sort the lines by time\n";
    assertThat(run("check", trace)).isEqualTo(new Run(2, "", line));
    assertThat(run("convert", trace, "-o", out)).isEqualTo(new Run(2, "", line));
    Run shown = run("show", trace);
    assertThat(shown.exit()).isEqualTo(2);
    assertThat(shown.out().lines()).hasSize(9);
    assertThat(shown.err()).isEqualTo(line);
    assertThat(out).doesNotExist();
    assertThat(folder).isDirectoryContaining(path -> path.equals(trace));
    byte[] cut = Files.readAllBytes(capture());
    Path half = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(cut, 60));
    assertThat(run("check", half).err())
        .isEqualTo(
            half
                + ": offset 60: the file stops within a packet; copy the whole file again, or keep"
                + " what is whole: editcap "
                + half
                + " whole.pcapng\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          check nowhere                ~ holdfast trace check: nowhere: there is no such file; look at the path
          check FILE --from odd           ~ holdfast trace check: --from: 'odd' is no format; write linktrace, one, mahimahi, csv, plan or pcap
          check FILE                      ~ holdfast trace check: FILE: this is no trace that is known; say with --from what it is
          check FILE --from mahimahi      ~ holdfast trace check: a mahimahi trace does not name its link; say --link 'FROM>TO'
          check FILE --from mahimahi --link 2>2 ~ holdfast trace check: --link: '2>2' is no link; write 'FROM>TO'
          check FILE --from mahimahi --link 23 ~ holdfast trace check: --link: '23' is no link; write 'FROM>TO'
          check FILE --from pcap --name 10.0.0.1=a/b ~ holdfast trace check: --name: 'a/b' is no node name; use letters, digits and - _ . :
          check FILE --from pcap --bin 0s ~ holdfast trace check: --bin: '0s' is not within 1ms to 1d
          check FILE --from csv --epoch unix ~ holdfast trace check: --epoch: a trace starts in 2000 or later; read the file with --from plan
          convert FILE --to pcap          ~ holdfast trace convert: --to: 'pcap' cannot be written; write linktrace
          convert FILE --json             ~ holdfast trace convert: --json: the trace itself is no JSON; name a file with -o
          """)
  void tellsWhatIsUnusable(String words, String problem) throws IOException {
    Path odd = file("odd", "what is this\n");
    Run run = run((Object[]) words.replace("FILE", odd.toString()).split(" ", -1));
    assertThat(run).isEqualTo(new Run(2, "", problem.replace("FILE:", odd + ":") + "\n"));
  }

  @Test
  void textIsUtf8() throws IOException {
    Path trace = Files.write(folder.resolve("t"), TRACE.getBytes(StandardCharsets.UTF_8));
    assertThat(run("check", trace).exit()).isZero();
    assertThat(run("check", folder).err())
        .isEqualTo("holdfast trace check: " + folder + ": this is a directory; name a file\n");
  }
}
