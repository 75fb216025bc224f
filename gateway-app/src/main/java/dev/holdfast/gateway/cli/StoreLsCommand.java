package dev.holdfast.gateway.cli;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.rocks.StoreInspection;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast store ls}: held bundles, a line each. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    header = "List held bundles in the order of their arrival, a line each.",
    footer = {"", "With --json, one object a line; sizes in bytes, times as in RFC 3339."})
final class StoreLsCommand implements Callable<Integer> {
  private static final int PAGE = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreInput input = new StoreInput();

  @Option(
      names = "--after",
      paramLabel = "KEY",
      description = "Only bundles behind this key, to go on with a list.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many bundles; default: all.")
  private long limit = Long.MAX_VALUE;

  @Override
  public Integer call() {
    if (limit < 1 || after < 0) {
      throw CommandException.unusable("--limit is 1 or more and --after is 0 or more");
    }
    return input.look(this::list);
  }

  private int list(StoreInspection inspection) {
    PrintWriter out = spec.commandLine().getOut();
    if (!input.json()) {
      out.println(StoreTable.HEAD);
    }
    Optional<HeldKey> last = after == 0 ? Optional.empty() : Optional.of(new HeldKey(after));
    long left = limit;
    List<HeldBundle> page = page(inspection, last, left);
    while (!page.isEmpty()) {
      page.forEach(b -> out.println(input.json() ? StoreTable.json(b) : StoreTable.row(b)));
      left -= page.size();
      page = page(inspection, Optional.of(page.getLast().key()), left);
    }
    out.flush();
    return 0;
  }

  private static List<HeldBundle> page(
      StoreInspection inspection, Optional<HeldKey> last, long left) {
    return left == 0 ? List.of() : inspection.list(last, (int) Math.min(left, PAGE));
  }
}
