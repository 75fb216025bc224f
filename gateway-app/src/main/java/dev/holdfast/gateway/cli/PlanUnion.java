package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Region;
import dev.holdfast.contacts.format.PlanReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plan files taken together: a contact that several of them have counts once.
 *
 * @param name the files, as the operator wrote them
 * @param title their names without folders, for the head of a picture
 * @param plan all of their contacts
 * @param floating whether their times count from an unnamed zero
 */
record PlanUnion(String name, String title, ContactPlan plan, boolean floating) {
  /** Reads the files; empty after a line on standard error about a plan that is refused. */
  static Optional<PlanUnion> read(List<Path> files, PlanReads reads, PrintWriter err) {
    List<PlanReading.Parsed> read = new ArrayList<>();
    for (Path file : files) {
      Optional<PlanReading.Parsed> parsed = reads.plan(file, Optional.empty(), err);
      if (parsed.isEmpty()) {
        return Optional.empty();
      }
      read.add(parsed.get());
    }
    PlanReading.Parsed first = read.getFirst();
    String name = String.join(" + ", files.stream().map(Path::toString).toList());
    String title = String.join(" + ", files.stream().map(PlanUnion::last).toList());
    if (read.size() == 1) {
      return Optional.of(new PlanUnion(name, title, first.plan(), first.floating()));
    }
    for (PlanReading.Parsed other : read) {
      if (other.floating() != first.floating()) {
        throw CommandException.unusable(
            name + ": not all of them count from a known epoch; say --epoch");
      }
    }
    return Optional.of(new PlanUnion(name, title, union(name, read), first.floating()));
  }

  private static String last(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static ContactPlan union(String name, List<PlanReading.Parsed> read) {
    List<Contact> all = new ArrayList<>();
    Map<NodeNumber, String> names = new TreeMap<>();
    List<Region> regions = new ArrayList<>();
    for (PlanReading.Parsed parsed : read) {
      all.addAll(parsed.plan().contacts());
      parsed.plan().facts().names().forEach(names::putIfAbsent);
      parsed.plan().facts().regions().stream()
          .filter(r -> !regions.contains(r))
          .forEach(regions::add);
    }
    Collections.sort(all);
    List<Contact> once = new ArrayList<>();
    for (Contact contact : all) {
      Contact last = once.isEmpty() ? null : once.getLast();
      if (contact.equals(last)) {
        continue;
      }
      if (last != null && last.isSamePair(contact) && last.overlaps(contact)) {
        throw CommandException.unusable(
            "%s: they contradict each other on %s > %s at %s; draw them one by one"
                .formatted(name, contact.from(), contact.to(), contact.start().toInstant()));
      }
      once.add(contact);
    }
    return ContactPlan.of(0, once).withFacts(new NodeFacts(names, regions));
  }
}
