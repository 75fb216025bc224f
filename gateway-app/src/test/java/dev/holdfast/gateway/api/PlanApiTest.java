package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.cli.HoldfastCommand;
import dev.holdfast.gateway.cli.PlanCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The plan of a running gateway, changed contact by contact: over HTTP and from the command line.
 */
class PlanApiTest {
  private static final String NEW =
      """
      {"from": "2", "to": "1", "start": "2040-01-01T00:00:00Z", "end": "2040-01-01T01:00:00Z",
       "bytes_per_second": 1000, "light_time_ms": 1300, "confidence": 0.5}
      """;

  private static final String THERE = "/api/v1/plan/contacts/2/1/2040-01-01T00:00:00Z";

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

  private SmallGateway.Reply patch(String path, String body) {
    return gateway.send("PATCH", path, BodyPublishers.ofString(body));
  }

  private SmallGateway.Reply delete(String path) {
    return gateway.send("DELETE", path, BodyPublishers.noBody());
  }

  private Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new PlanCommand()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[words.length + 3];
    all[0] = "plan";
    all[1] = words[0];
    all[2] = "--api";
    all[3] = gateway.url();
    System.arraycopy(words, 1, all, 4, words.length - 1);
    int exit = line.execute(all);
    return new Run(exit, out.toString(), err.toString());
  }

  @Test
  void addsChangesAndCancels() {
    SmallGateway.Reply added = gateway.post("/api/v1/plan/contacts", NEW);
    assertThat(added.status()).isEqualTo(200);
    assertThat(added.json().get("difference").asString()).isEqualTo("1 contact added");
    assertThat(gateway.get("/api/v1/plan").body())
        .contains("\"edits\":1", "\"confidence\":0.5", "\"light_time_ms\":1300");
    assertThat(patch(THERE, "{\"bytes_per_second\": 5}").status()).isEqualTo(200);
    assertThat(gateway.get("/api/v1/plan/edits").body())
        .contains("\"edit\":\"added\"", "\"bytes_per_second\":5");
    assertThat(delete(THERE).json().get("removed").asInt()).isEqualTo(1);
    assertThat(gateway.get("/api/v1/plan/edits").json().get("edits")).isEmpty();
    assertThat(delete(THERE).status()).isEqualTo(404);
    assertThat(patch(THERE, "{\"confidence\": 1}").status()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoContact() {
    for (String body :
        List.of(
            "",
            "[]",
            "{\"from\": \"2\"}",
            NEW.replace("\"2\"", "\"1\""),
            NEW.replace("\"2\"", "\"x\""),
            NEW.replace("T01:", "T00:"),
            NEW.replace("2040-01-01T01:00:00Z", "noon"),
            NEW.replace("1000", "0"),
            NEW.replace("1000", "-1"),
            NEW.replace("1000", "[]"),
            NEW.replace("0.5", "2"),
            NEW.replace("0.5", "NaN"),
            NEW.replace("confidence", "certainty"),
            NEW.replace("\"to\": \"1\"", "\"from\": \"1\""))) {
      SmallGateway.Reply refused = gateway.post("/api/v1/plan/contacts", body);
      assertThat(refused.status()).as(body).isEqualTo(400);
      assertThat(refused.detail().lines()).hasSize(1);
    }
    assertThat(gateway.post("/api/v1/plan/contacts", NEW).status()).isEqualTo(200);
    assertThat(gateway.post("/api/v1/plan/contacts", NEW).detail())
        .isEqualTo("the plan has contact 2 > 1 at 2040-01-01T00:00:00Z already; change it instead");
    String over = NEW.replace("T00:00", "T00:30");
    assertThat(gateway.post("/api/v1/plan/contacts", over).detail()).contains("overlaps");
    assertThat(patch(THERE, "{\"start\": \"2040-01-01T00:10:00Z\"}").detail())
        .startsWith("start cannot be changed");
    assertThat(patch(THERE, "{}").detail()).startsWith("nothing to change");
    assertThat(delete("/api/v1/plan/contacts/2/1/noon").status()).isEqualTo(400);
  }

  @Test
  void keepsVersionsAndGoesBack() {
    assertThat(gateway.post("/api/v1/plan/contacts", NEW).status()).isEqualTo(200);
    SmallGateway.Reply versions = gateway.get("/api/v1/plan/versions");
    assertThat(versions.json().get("versions")).hasSize(2);
    assertThat(versions.body()).contains("added 2 > 1 at 2040-01-01T00:00:00Z");
    assertThat(gateway.get("/api/v1/plan/versions/1").body()).contains("contacts:");
    assertThat(gateway.get("/api/v1/plan/versions/9").status()).isEqualTo(404);
    assertThat(gateway.get("/api/v1/plan/versions/x").status()).isEqualTo(400);
    assertThat(gateway.post("/api/v1/plan/versions/9/activate", "").status()).isEqualTo(404);
    SmallGateway.Reply back = gateway.post("/api/v1/plan/versions/1/activate", "");
    assertThat(back.json().get("version").asInt()).isEqualTo(3);
    assertThat(gateway.get("/api/v1/plan").json().get("went_back_to").asInt()).isEqualTo(1);
  }

  @Test
  void isUsedFromTheCommandLine() throws IOException {
    String[] contact = {"--from", "2", "--to", "1", "--start", "2040-01-01T00:00:00Z"};
    Run added =
        run(
            "add",
            contact[0],
            contact[1],
            contact[2],
            contact[3],
            contact[4],
            contact[5],
            "--end",
            "2040-01-01T01:00:00Z",
            "--rate",
            "8kbit/s",
            "--owlt",
            "1300ms");
    assertThat(added).isEqualTo(new Run(0, "plan version 2 is in force: 1 contact added\n", ""));
    Run changed =
        run(
            "change",
            contact[0],
            contact[1],
            contact[2],
            contact[3],
            contact[4],
            contact[5],
            "--confidence",
            "0.9");
    assertThat(changed.out()).isEqualTo("plan version 3 is in force: 1 contact changed\n");
    assertThat(run("edits").out())
        .isEqualTo(
            """
            EDIT   FROM  TO  START                 END                   BYTES/S  LIGHT TIME
            added  2     1   2040-01-01T00:00:00Z  2040-01-01T01:00:00Z  1000     1300 ms
            """);
    assertThat(run("versions").out()).contains("3 *", "changed 2 > 1 at 2040-01-01T00:00:00Z");
    assertThat(run("versions", "2").out()).startsWith("# holdfast contact plan, version 2\n");
    assertThat(run("versions", "1", "--activate").out())
        .isEqualTo("plan version 4 is in force: 1 contact removed\n");
    assertThat(run("edits").out()).isEqualTo("no edits: the plan is as the file says\n");
    Run cancelled =
        run("cancel", contact[0], contact[1], contact[2], contact[3], contact[4], contact[5]);
    assertThat(cancelled.exit()).isEqualTo(1);
    assertThat(cancelled.err())
        .isEqualTo("holdfast plan cancel: the plan has no contact 2 > 1 at 2040-01-01T00:00:00Z\n");
    assertThat(run("versions", "--activate").exit()).isEqualTo(2);
    assertThat(run("add", "--from", "2", "--to", "1", "--start", "noon").exit()).isEqualTo(2);
    assertThat(run("edits", "--clear").out()).startsWith("plan version 4 is in force");
    assertThat(run("versions", "1", "--json").out()).startsWith("{\"version\":1,");
  }

  @Test
  void tellsWhenThePlanRunsOut() throws IOException {
    assertThat(gateway.get("/api/v1/status").json().get("plan_state").asString())
        .isEqualTo("lasts");
    assertThat(gateway.get("/api/v1/status").body()).contains("\"plan_ends\":\"" + year());
    String metrics =
        new String(
            gateway.raw(HttpRequest.newBuilder(gateway.uri("/metrics")).GET()).body(),
            StandardCharsets.UTF_8);
    assertThat(metrics)
        .contains("holdfast_plan_remaining_seconds 8", "holdfast_plan_runs_out 0")
        .contains("holdfast_plan_version 1");
    Files.writeString(directory.resolve(SmallGateway.PLAN), "a range +0 +86400 1 2 1\n");
    assertThat(gateway.post("/api/v1/plan", "").json().get("removed").asInt()).isEqualTo(2);
    assertThat(gateway.get("/api/v1/status").json().get("plan_ends").isNull()).isTrue();
  }

  private String year() {
    return gateway.clock.now().wall().toInstant().plusSeconds(86_000).toString().substring(0, 4);
  }
}
