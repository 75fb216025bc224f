package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.gateway.config.PlanConfig;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds the contact plan in force and reads it anew. Any thread; readings go one after another. */
public final class PlanKeeper {
  private final DtnTime started;
  private final Consumer<ContactPlan> inForce;
  private Optional<PlanConfig> config;
  private ContactPlan plan = ContactPlan.EMPTY;
  private boolean lastWasGood = true;

  /**
   * A keeper that has read nothing yet.
   *
   * @param config where the plan is; empty for none
   * @param started what relative times count from if the configuration says {@code start}
   * @param inForce told of every plan that differs from the one before
   */
  public PlanKeeper(Optional<PlanConfig> config, DtnTime started, Consumer<ContactPlan> inForce) {
    this.config = config;
    this.started = started;
    this.inForce = inForce;
  }

  /** The plan in force; without contacts if there is none. */
  public synchronized ContactPlan plan() {
    return plan;
  }

  /** Where the plan is read from. */
  public synchronized Optional<PlanConfig> source() {
    return config;
  }

  /** Whether the last reading brought a plan into force, or found the same. */
  public synchronized boolean lastWasGood() {
    return lastWasGood;
  }

  /** Reads the plan from where it was. */
  public synchronized PlanReload reload() {
    return reload(config);
  }

  /** Reads the plan from a new place, which is kept if the plan is good. */
  public synchronized PlanReload reload(Optional<PlanConfig> from) {
    PlanReload result = from.map(this::read).orElseGet(() -> take(ContactPlan.EMPTY, List.of()));
    lastWasGood = result instanceof PlanReload.InForce;
    if (lastWasGood) {
      config = from;
    }
    return result;
  }

  private PlanReload read(PlanConfig from) {
    Path file = from.file();
    String text;
    try {
      if (Files.size(file) > PlanLimits.DEFAULT.sourceChars()) {
        return refused(file, "the file is larger than " + PlanLimits.DEFAULT.sourceChars());
      }
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return refused(file, "no such file; see plan.file");
    } catch (MalformedInputException e) {
      return refused(file, "the file is not UTF-8 text");
    } catch (IOException e) {
      return refused(file, "cannot be read: " + e.getMessage());
    }
    DtnTime epoch = from.epoch().map(DtnTime::of).orElse(started);
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.at(epoch));
    PlanSource source = new PlanSource(file.toString(), text);
    PlanReading reading =
        format(from)
            .map(format -> PlanReader.read(source, options, format))
            .orElseGet(() -> PlanReader.read(source, options));
    return switch (reading) {
      case PlanReading.Parsed parsed -> take(parsed.plan(), parsed.warnings());
      case PlanReading.Refused refused ->
          new PlanReload.Refused(refused.problems().stream().map(PlanProblem::toString).toList());
    };
  }

  private PlanReload take(ContactPlan read, List<PlanProblem> warnings) {
    PlanDiff difference = PlanDiff.between(plan, read);
    if (!difference.isEmpty() || !plan.facts().equals(read.facts())) {
      plan = read.withVersion(plan.version() + 1);
      inForce.accept(plan);
    }
    return new PlanReload.InForce(plan, difference, warnings);
  }

  private static Optional<PlanFormat> format(PlanConfig from) {
    return switch (from.format()) {
      case AUTO -> Optional.empty();
      case ION -> Optional.of(PlanFormat.ION);
      case HDTN -> Optional.of(PlanFormat.HDTN);
      case TVGUTIL -> Optional.of(PlanFormat.TVGUTIL);
      case CSV -> Optional.of(PlanFormat.CSV);
      case ASABR -> Optional.of(PlanFormat.ASABR);
      case CCM -> Optional.of(PlanFormat.CCM);
      case YAML -> Optional.of(PlanFormat.YAML);
    };
  }

  private static PlanReload refused(Path file, String what) {
    return new PlanReload.Refused(List.of(file + ":1:1: " + what));
  }
}
