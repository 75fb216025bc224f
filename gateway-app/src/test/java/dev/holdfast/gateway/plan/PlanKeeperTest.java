package dev.holdfast.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.config.PlanConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanKeeperTest {
  private static final DtnTime ZERO = DtnTime.of(Instant.parse("2026-12-01T00:00:00Z"));

  @TempDir private Path folder;
  private Path file = Path.of("");
  private final List<ContactPlan> inForce = new ArrayList<>();

  @BeforeEach
  void files() throws IOException {
    file = folder.resolve("contacts.csv");
    write("1,2,0,60,1000,1\n", "1,2,100,160,1000,1\n");
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("", lines));
  }

  private PlanKeeper keeper(int versions) {
    PlanConfig config =
        new PlanConfig(
            file,
            PlanConfig.Format.AUTO,
            Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
            versions,
            Duration.ofHours(1));
    return new PlanKeeper(
        Optional.of(config), folder.resolve("data/plans"), () -> ZERO, inForce::add);
  }

  private PlanKeeper started() {
    PlanKeeper keeper = keeper(20);
    assertThat(keeper.start()).isInstanceOf(PlanReload.InForce.class);
    return keeper;
  }

  private static Contact contact(long start, long end) {
    return Contact.of(
        NodeNumber.of(1),
        NodeNumber.of(2),
        ZERO.plus(start * 1000),
        ZERO.plus(end * 1000),
        1_000,
        1_000);
  }

  private static List<String> problems(PlanReload reload) {
    return reload instanceof PlanReload.Refused(List<String> problems) ? problems : List.of();
  }

  private static List<String> warnings(PlanReload reload) {
    return reload instanceof PlanReload.InForce good ? good.warnings() : List.of("refused");
  }

  @Test
  void keepsEveryVersionAndItsNumberOverARestart() throws IOException {
    PlanKeeper keeper = started();
    write("1,2,0,60,1000,1\n", "1,2,110,160,1000,1\n", "2,1,0,60,1000,1\n");
    assertThat(warnings(keeper.reload())).isEmpty();
    assertThat(keeper.plan().version()).isEqualTo(2);
    assertThat(keeper.versions())
        .containsExactly(
            new PlanVersion(
                2, "2026-12-01T00:00:00Z", "file " + file, "1 contact added, 1 changed", 3),
            new PlanVersion(1, "2026-12-01T00:00:00Z", "file " + file, "2 contacts added", 2));
    assertThat(keeper.text(1).orElseThrow()).contains("contacts:\n");
    assertThat(keeper.text(3)).isEmpty();
    PlanKeeper again = started();
    assertThat(again.plan().version()).isEqualTo(2);
    assertThat(again.versions()).hasSize(2);
    assertThat(inForce.getLast()).isEqualTo(keeper.plan());
  }

  @Test
  void letsTheOldestGo() throws IOException {
    PlanKeeper keeper = keeper(2);
    assertThat(keeper.start()).isInstanceOf(PlanReload.InForce.class);
    for (int i = 0; i < 3; i++) {
      assertThat(keeper.add(contact(200 + 20 * i, 210 + 20 * i)))
          .isInstanceOf(PlanReload.InForce.class);
    }
    assertThat(keeper.versions()).extracting(PlanVersion::version).containsExactly(4L, 3L);
    assertThat(problems(keeper.activate(1)))
        .containsExactly("plan version 1 is not kept; see holdfast plan versions");
  }

  @Test
  void editsLieOverTheFileAndLiveOn() throws IOException {
    PlanKeeper keeper = started();
    assertThat(warnings(keeper.add(contact(200, 260)))).isEmpty();
    assertThat(warnings(keeper.change(contact(100, 150)))).isEmpty();
    assertThat(warnings(keeper.cancel(ContactKey.of(contact(0, 60))))).isEmpty();
    assertThat(keeper.plan().contacts()).containsExactly(contact(100, 150), contact(200, 260));
    assertThat(keeper.plan().version()).isEqualTo(4);
    PlanKeeper again = started();
    assertThat(again.plan()).isEqualTo(keeper.plan());
    assertThat(again.edits()).isEqualTo(keeper.edits());
    write("1,2,0,60,1000,1\n", "1,2,100,160,1000,1\n", "1,2,300,360,1000,1\n");
    assertThat(warnings(again.reload())).isEmpty();
    assertThat(again.plan().contacts())
        .containsExactly(contact(100, 150), contact(200, 260), contact(300, 360));
    assertThat(warnings(again.clearEdits())).isEmpty();
    assertThat(again.plan().contacts()).hasSize(3).contains(contact(0, 60));
    assertThat(started().edits()).isEmpty();
  }

  @Test
  void refusesAnEditThatDoesNotFit() {
    PlanKeeper keeper = started();
    assertThat(problems(keeper.add(contact(50, 70))))
        .containsExactly(
            "contact 1 > 2 at 2026-12-01T00:00:50Z cannot be added: it overlaps the contact from"
                + " 2026-12-01T00:00:00Z to 2026-12-01T00:01:00Z");
    assertThat(problems(keeper.add(contact(0, 10)))).hasSize(1);
    assertThat(problems(keeper.change(contact(5, 10)))).hasSize(1);
    assertThat(problems(keeper.change(contact(0, 110)))).hasSize(1);
    assertThat(problems(keeper.cancel(ContactKey.of(contact(5, 10))))).hasSize(1);
    assertThat(keeper.edits()).isEmpty();
    assertThat(keeper.plan().version()).isEqualTo(1);
  }

  @Test
  void dropsWhatNoLongerFitsAndSaysSo() throws IOException {
    PlanKeeper keeper = started();
    assertThat(warnings(keeper.add(contact(200, 260)))).isEmpty();
    assertThat(warnings(keeper.cancel(ContactKey.of(contact(0, 60))))).isEmpty();
    write("1,2,100,160,1000,1\n", "1,2,190,210,1000,1\n");
    assertThat(warnings(keeper.reload()))
        .containsExactly(
            "contact 1 > 2 at 2026-12-01T00:03:20Z was added by hand, but it overlaps the contact"
                + " from 2026-12-01T00:03:10Z to 2026-12-01T00:03:30Z; the edit is dropped",
            "contact 1 > 2 at 2026-12-01T00:00:00Z was cancelled by hand, but the plan does not"
                + " have it; the edit is dropped");
    assertThat(keeper.edits()).isEmpty();
    assertThat(started().edits()).isEmpty();
  }

  @Test
  void goesBackUntilTheFileIsReadAgain() throws IOException {
    PlanKeeper keeper = started();
    assertThat(warnings(keeper.add(contact(200, 260)))).isEmpty();
    assertThat(warnings(keeper.activate(1))).isEmpty();
    assertThat(keeper.plan().version()).isEqualTo(3);
    assertThat(keeper.plan().contacts()).hasSize(2);
    assertThat(keeper.edits()).isEmpty();
    write("1,2,0,60,1000,1\n");
    PlanKeeper again = started();
    assertThat(again.pinned()).hasValue(1);
    assertThat(again.plan().contacts()).hasSize(2);
    assertThat(warnings(again.reload())).isEmpty();
    assertThat(again.pinned()).isEmpty();
    assertThat(again.plan().contacts()).hasSize(1);
    assertThat(started().pinned()).isEmpty();
  }

  @Test
  void aPlanWithAnErrorChangesNothing() throws IOException {
    PlanKeeper keeper = started();
    write("1,2,60,0,1000,1\n");
    assertThat(problems(keeper.reload())).hasSize(1);
    assertThat(keeper.lastWasGood()).isFalse();
    assertThat(keeper.plan().version()).isEqualTo(1);
    assertThat(keeper.versions()).hasSize(1);
  }

  @Test
  void whatIsKeptMayBeBroken() throws IOException {
    PlanKeeper keeper = started();
    assertThat(warnings(keeper.add(contact(200, 260)))).isEmpty();
    Path kept = folder.resolve("data/plans");
    Files.writeString(kept.resolve("edits.txt"), "version,x\nadded,1,2,3\nnonsense\n");
    Files.writeString(kept.resolve("plan-2.yaml"), "{{{");
    PlanKeeper again = started();
    assertThat(again.plan().contacts()).hasSize(2);
    assertThat(again.plan().version()).isEqualTo(3);
    assertThat(again.versions()).extracting(PlanVersion::version).containsExactly(3L, 1L);
  }
}
