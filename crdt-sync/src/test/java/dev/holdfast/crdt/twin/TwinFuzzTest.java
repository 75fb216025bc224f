package dev.holdfast.crdt.twin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Any text is a change of a twin or is refused with its reason: a line with what to do and a path,
 * then JSON. What was put is read again.
 */
class TwinFuzzTest {
  private static final TwinLimits SMALL = new TwinLimits(60, 60, 8, 200, 100, 40, 4_096);
  private static final TwinJson JSON = new TwinJson(SMALL);

  @FuzzTest(maxDuration = "1m")
  void changesAnything(byte[] bytes) {
    Region region = new Region(1);
    region.put(
        "", "{\"attributes\":{\"a\":{\"b\":1},\"s\":{\"$set\":[1]},\"c\":{\"$counter\":1}}}");
    int line = 0;
    while (line < bytes.length && bytes[line] != '\n') {
      line++;
    }
    String head = new String(bytes, 0, line, StandardCharsets.UTF_8);
    ThingId.parse(head, SMALL);
    ValueCodec.element(Octets.copyOf(bytes));
    Octets rest = Octets.copyOf(bytes).from(Math.min(line + 1, bytes.length));
    if (head.isEmpty()
        || !(TwinPath.parse(head.substring(1), SMALL)
            instanceof Parsed.Good<TwinPath>(TwinPath path))
        || !(JSON.read(rest) instanceof Parsed.Good<JsonNode>(JsonNode json))) {
      return;
    }
    TwinEditor editor = new TwinEditor(region.twin(), SMALL);
    TwinOutcome outcome =
        switch (head.charAt(0)) {
          case 'd' -> editor.delete(path);
          case 'p' -> editor.patch(path, json);
          case 'e' ->
              TypedEdit.of(json)
                  .toOptional()
                  .map(edit -> editor.edit(path, edit))
                  .orElse(new TwinOutcome.Change(List.of()));
          default -> editor.put(path, json);
        };
    switch (outcome) {
      case TwinOutcome.Refused(Refusal refusal) -> {
        if (refusal.reason().isEmpty() || refusal.mend().isEmpty()) {
          throw new IllegalStateException("no reason: " + refusal);
        }
      }
      case TwinOutcome.Change _ -> {
        if (head.charAt(0) != 'e'
            || TypedEdit.of(json).toOptional().filter(TwinFuzzTest::needsRights).isEmpty()) {
          region.apply(outcome);
          check(region, path, head.charAt(0), json);
        }
      }
    }
  }

  /** What the region of this test may not do, since it has made nothing. */
  private static boolean needsRights(TypedEdit edit) {
    return edit instanceof TypedEdit.Take || edit instanceof TypedEdit.Give;
  }

  private static void check(Region region, TwinPath path, char what, JsonNode json) {
    if (!region.twin().conflicts().isEmpty()) {
      throw new IllegalStateException("one region made a conflict: " + region.twin().conflicts());
    }
    Optional<JsonNode> typed = region.twin().json(path, Form.TYPED);
    if (typed.isPresent()
        && new TwinEditor(region.twin(), TwinLimits.DEFAULT).put(path, typed.get())
            instanceof TwinOutcome.Change(var edits)
        && !edits.isEmpty()
        && path.role() != Role.THING_ID) {
      throw new IllegalStateException("put as read, it changes: " + edits);
    }
    if ("dpe".indexOf(what) < 0 && region.put(path.text(), JSON.write(json)).size() > 0) {
      throw new IllegalStateException("put again, it changes");
    }
  }
}
