package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.gateway.linkem.LinkQuality;
import dev.holdfast.gateway.linkem.LinkSchedule;
import dev.holdfast.gateway.linkem.PlanWindows;
import dev.holdfast.gateway.linkem.TraceReader;
import dev.holdfast.gateway.linkem.TraceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Reads the windows of an emulated link from a file. */
final class LinkSource {
  private static final long LARGEST_BYTES = 64L << 20;

  private final LinkQuality otherwise;
  private final Instant epoch;

  /**
   * A reader.
   *
   * @param otherwise what holds where the file does not say
   * @param epoch what relative times count from
   */
  LinkSource(LinkQuality otherwise, Instant epoch) {
    this.otherwise = otherwise;
    this.epoch = epoch;
  }

  /** The windows of a trace. */
  LinkSchedule trace(Path file) {
    return switch (TraceReader.read(text(file), otherwise, epoch)) {
      case TraceReading.Read read -> read.schedule();
      case TraceReading.Refused refused ->
          throw CommandException.unusable(file + ":" + refused.problems().getFirst());
    };
  }

  /** The windows between two nodes of a contact plan. */
  LinkSchedule plan(Path file, NodeNumber from, NodeNumber to) {
    DtnTime zero = DtnTime.of(epoch);
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.at(zero));
    return switch (PlanReader.read(new PlanSource(file.toString(), text(file)), options)) {
      case PlanReading.Parsed parsed -> between(file, parsed.plan(), from, to, zero);
      case PlanReading.Refused refused ->
          throw CommandException.unusable(refused.problems().getFirst().toString());
    };
  }

  private LinkSchedule between(
      Path file, ContactPlan plan, NodeNumber from, NodeNumber to, DtnTime zero) {
    LinkSchedule schedule = PlanWindows.between(plan, from, to, zero, otherwise.loss());
    if (schedule.forward().windows().isEmpty() && schedule.backward().windows().isEmpty()) {
      throw CommandException.unusable(
          file + ": no contact between node " + from + " and node " + to + " in this plan");
    }
    return schedule;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw CommandException.unusable(file + ": larger than 64 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandException.unusable(file + ": no such file");
    } catch (IOException e) {
      throw CommandException.unusable(file + ": cannot be read as text: " + e.getMessage());
    }
  }
}
