package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.api.SmallGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code holdfast twin} against the real web server and twins with their real rules. */
class TwinCommandTest {
  private static final String PUMP = "org.acme:pump-1";

  @TempDir Path directory;
  private SmallGateway gateway;

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    gateway = new SmallGateway(directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Run run(String command, String... words) {
    return runAt(gateway.url(), command, words);
  }

  private static Run runAt(String url, String command, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new TwinCommand()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("twin", command, "--api", url));
    all.addAll(List.of(words));
    int exit = line.execute(all.toArray(String[]::new));
    return new Run(exit, out.toString(), err.toString());
  }

  private String done(String command, String... words) {
    Run run = run(command, words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void putsReadsPatchesStepsAndDeletes() throws IOException {
    assertThat(done("put", PUMP, "{\"attributes\":{\"n\":1,\"runs\":{\"$counter\":5}}}"))
        .matches("created, tag [0-9a-f]+\n");
    assertThat(done("get", PUMP))
        .isEqualTo(
            """
            {
              "thingId" : "org.acme:pump-1",
              "attributes" : {
                "n" : 1,
                "runs" : 5
              }
            }
            """);
    assertThat(done("get", PUMP, "attributes/runs", "--typed", "--json"))
        .isEqualTo("{\"$counter\":5}\n");
    assertThat(done("put", PUMP, "/attributes/a~1b c", "0.10")).startsWith("created");
    assertThat(done("get", PUMP, "--fields", "attributes/a~1b c", "--json"))
        .isEqualTo("{\"attributes\":{\"a/b c\":0.1}}\n");
    Path file = directory.resolve("patch.json");
    Files.writeString(file, "{\"n\":null,\"m\":[1,2]}");
    assertThat(done("patch", PUMP, "attributes", "@" + file)).startsWith("done, tag ");
    assertThat(done("step", PUMP, "attributes/runs", "{\"$count\":-7}", "--json"))
        .startsWith("{\"created\":false,\"tag\":\"");
    assertThat(done("get", PUMP, "attributes", "--json"))
        .isEqualTo("{\"a/b c\":0.1,\"m\":[1,2],\"runs\":-2}\n");
    assertThat(done("delete", PUMP, "attributes/m")).startsWith("done");
    assertThat(done("delete", PUMP)).startsWith("done");
    assertThat(run("get", PUMP))
        .isEqualTo(
            new Run(
                1, "", "holdfast twin get: there is no such thing; put the whole thing first\n"));
  }

  @Test
  void readsAValueFromStandardInput() {
    InputStream real = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream("{\"attributes\":{}}".getBytes(StandardCharsets.UTF_8)));
      done("put", PUMP, "-");
    } finally {
      System.setIn(real);
    }
    assertThat(done("get", PUMP, "--json"))
        .isEqualTo("{\"thingId\":\"org.acme:pump-1\",\"attributes\":{}}\n");
  }

  @Test
  void changesOnlyWhatIsAsItWasRead() {
    String tag = done("put", PUMP, "{}", "--create").replaceAll("created, tag |\n", "");
    Run there = run("put", PUMP, "{}", "--create");
    assertThat(there.exit()).isEqualTo(1);
    assertThat(there.err()).contains("its tag is now \"" + tag + "\"; read it again");
    done("put", PUMP, "attributes", "{}", "--if-match", tag, "--subject", "anna");
    assertThat(run("delete", PUMP, "--if-match", tag).exit()).isEqualTo(1);
    assertThat(run("delete", PUMP, "--if-match", "*").exit()).isZero();
  }

  @Test
  void saysInOneLineWhatCannotBeUsed() {
    Run text = run("put", PUMP, "hello");
    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.err())
        .startsWith("holdfast twin put: hello is no JSON: offset ")
        .endsWith("; a text is written '\"hello\"'\n")
        .hasLineCount(1);
    assertThat(run("put", PUMP, "@none.json"))
        .isEqualTo(
            new Run(2, "", "holdfast twin put: none.json: no such file, or it cannot be read\n"));
    assertThat(run("put", PUMP).exit()).isEqualTo(2);
    assertThat(run("put", "pump", "{}").err()).contains("'pump' is no id: ").hasLineCount(1);
    assertThat(run("put", "pump", "{}").exit()).isEqualTo(2);
    assertThat(run("patch", PUMP, "[]").exit()).isEqualTo(1);
    assertThat(run("step", PUMP, "attributes/x", "{\"$grow\":1}").exit()).isEqualTo(2);
    assertThat(runAt("http://127.0.0.1:1", "ls").err())
        .startsWith("holdfast twin ls: no gateway answers at http://127.0.0.1:1; start one");
  }

  @Test
  void showsConflictsAndAges() throws IOException {
    done("put", PUMP, "{\"attributes\":{\"model\":\"ours\"}}");
    try (SmallGateway mars = SmallGateway.another(directory, 2)) {
      runAt(mars.url(), "put", PUMP, "{\"attributes\":{\"model\":\"theirs\"}}");
      gateway.hear(mars);
    }
    assertThat(done("get", PUMP, "attributes/model", "--conflicts", "--as-of"))
        .matches(
            """
            "(ours|theirs)"

            conflict at attributes/model
              shown   2026-12-07T23:06:40Z  writer [0-9a-f]{8} #2  "(ours|theirs)"
              beside  2026-12-07T23:06:40Z  writer [0-9a-f]{8} #2  "(ours|theirs)"

            REGION     CLASS  WRITES  NOT OLDER THAN
            earth      open   7       now
            mars, far  open   3       21 min 0 s
            moon       open   0       unknown
            """);
    assertThat(done("get", PUMP, "attributes/model", "--conflicts", "--json"))
        .startsWith("{\"value\":\"")
        .contains("\"conflicts\":[{\"path\":\"attributes/model\"");
    done("put", PUMP, "attributes/model", "\"settled\"");
    assertThat(done("get", PUMP, "--conflicts")).endsWith("}\n\nno conflicts\n");
  }

  @Test
  void listsThings() {
    for (int i = 0; i < 201; i++) {
      done("put", "a:p%03d".formatted(i), "{}");
    }
    assertThat(done("ls").lines()).hasSize(201).startsWith("a:p000").endsWith("a:p200");
    assertThat(done("ls", "--after", "a:p198", "--json"))
        .isEqualTo("{\"thingId\":\"a:p199\"}\n{\"thingId\":\"a:p200\"}\n");
    assertThat(done("ls", "--limit", "1", "--namespace", "a")).isEqualTo("a:p000\n");
    assertThat(done("ls", "--namespace", "b")).isEmpty();
  }

  @Test
  void showsRegions() {
    assertThat(done("regions"))
        .matches(
            """
            class open: 0 entries, 0 writes told to nobody yet, root \\S+
              REGION  WRITES  NOT OLDER THAN  IN STEP  HEARD                 HAS OF OURS  OPEN  KEY
              earth   7       now             -        -                     -            -     1
              mars    3       21 min 0 s      no       2026-12-07T23:06:40Z  5            yes   0
              moon    0       unknown         yes      -                     0            no    -
            """);
    assertThat(done("regions", "--json")).startsWith("{\"classes\":[{\"class\":\"open\"");
  }

  @Test
  void watchesThings() {
    done("put", PUMP, "{\"attributes\":{\"n\":1}}");
    CompletableFuture<Run> watching =
        CompletableFuture.supplyAsync(
            () -> run("watch", "--json", "--count", "3", "--fields", "attributes", PUMP));
    Awaitility.await()
        .until(
            () -> {
              done("put", PUMP, "attributes/n", "2");
              done("delete", PUMP);
              done("put", PUMP, "{\"attributes\":{\"n\":1}}");
              return watching.isDone();
            });
    Run run = watching.join();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .matches("\\{\"event\":\"(thing|gone)\",\"data\":\\{.*}}");
    assertThat(run("watch", "pump").exit()).isEqualTo(2);
  }

  @Test
  void showsWhereTwoGatewaysDiffer() throws IOException {
    try (SmallGateway mars = SmallGateway.another(directory, 2)) {
      assertThat(run("diff", "--with", mars.url(), PUMP))
          .isEqualTo(new Run(1, "", "holdfast twin diff: org.acme:pump-1 is at neither of them\n"));
      done("put", PUMP, "{\"attributes\":{\"a\":1,\"b\":{\"c\":2},\"s\":{\"$set\":[1]}}}");
      assertThat(run("diff", "--with", mars.url(), PUMP).out())
          .startsWith("the thing\n  here:  {\"thingId\":")
          .endsWith("  there: nothing\n");
      runAt(
          mars.url(),
          "put",
          PUMP,
          "{\"attributes\":{\"a\":null,\"b\":{\"d/e\":2},\"s\":{\"$set\":[2]}}}");
      Run differ = run("diff", "--with", mars.url(), PUMP);
      assertThat(differ.exit()).isEqualTo(1);
      assertThat(differ.out())
          .isEqualTo(
              """
              attributes/a
                here:  1
                there: null
              attributes/b/c
                here:  2
                there: nothing
              attributes/b/d~1e
                here:  nothing
                there: 2
              attributes/s
                here:  {"$set":[1]}
                there: {"$set":[2]}
              """);
      assertThat(run("diff", "--json", "--with", mars.url(), PUMP).out())
          .startsWith(
              "{\"same\":false,\"differences\":[{\"path\":\"attributes/a\",\"here\":1,"
                  + "\"there\":null},{\"path\":\"attributes/b/c\",\"here\":2},");
      assertThat(run("diff", "--with", gateway.url(), "--json", PUMP))
          .isEqualTo(new Run(0, "{\"same\":true,\"differences\":[]}\n", ""));
    }
  }

  @Test
  void carriesDocuments() throws IOException {
    done("put", PUMP, "{\"attributes\":{\"n\":1}}");
    Path file = directory.resolve("pump.json");
    done("export", PUMP, "-o", file.toString());
    assertThat(done("export", PUMP)).contains("\"object_id\" : \"org.acme:pump-1\"");
    done("put", PUMP, "attributes/n", "2");
    Run stale = run("import", file.toString());
    assertThat(stale.exit()).isEqualTo(1);
    assertThat(stale.err()).contains("metadata/vector_clock: write ").hasLineCount(1);
    assertThat(done("import", "--replace", file.toString())).startsWith("done, tag ");
    assertThat(done("get", PUMP, "attributes/n")).isEqualTo("1\n");
    Path none = Files.writeString(directory.resolve("none.json"), "{}");
    assertThat(run("import", none.toString()).err())
        .isEqualTo(
            "holdfast twin import: "
                + none
                + ": no object_id; give a document that twin export wrote\n");
  }

  @Test
  void carriesFilesByHand() throws IOException {
    Path digest = directory.resolve("digest");
    Path delta = directory.resolve("delta");
    assertThat(run("digest", "--region", "mars", "-o", digest.toString()).err())
        .isEqualTo("3 bytes in " + digest + " for the other side\n");
    Run answered = run("delta", digest.toString(), "-o", delta.toString());
    assertThat(answered.exit()).isEqualTo(1);
    assertThat(answered.err())
        .isEqualTo(
            "changed here: org.acme:pump-1\n3 bytes in "
                + delta
                + " for the other side\nnot taken: one is late\n");
    assertThat(delta).hasBinaryContent(new byte[] {(byte) 0xde, 0x17, (byte) 0xa5});
    assertThat(run("apply", "--json", digest.toString()).out())
        .isEqualTo(
            "{\"bytes\":3,\"things\":[\"org.acme:pump-1\"],\"problems\":[\"one is late\"]}\n");
    assertThat(run("digest", "--region", "pluto", "-o", digest.toString()).exit()).isEqualTo(1);
    assertThat(run("apply", delta.toString()).exit()).isEqualTo(2);
    assertThat(run("digest", "-o", directory.resolve("none/x").toString()).exit()).isEqualTo(2);
  }
}
