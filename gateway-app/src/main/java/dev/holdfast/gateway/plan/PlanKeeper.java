package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.format.DiffText;
import dev.holdfast.gateway.config.PlanConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the contact plan in force: the plan file, or a version that an operator went back to, with
 * the edits of single contacts over it. Every plan that came into force is kept. Any thread; what
 * changes the plan goes one after another.
 */
public final class PlanKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PlanKeeper.class);

  private final DtnTime started;
  private final Supplier<DtnTime> clock;
  private final Consumer<ContactPlan> inForce;
  private final PlanArchive archive;
  private Optional<PlanConfig> config;
  private Base base = new Base(ContactPlan.EMPTY, "no plan", OptionalLong.empty());
  private EditLayer edits = EditLayer.NONE;
  private ContactPlan plan = ContactPlan.EMPTY;
  private boolean lastWasGood = true;

  /**
   * What the edits lie over.
   *
   * @param plan the plan
   * @param source where it is from, for people
   * @param pinned its version, if an operator went back to it
   */
  private record Base(ContactPlan plan, String source, OptionalLong pinned) {}

  /**
   * A keeper that has read nothing yet.
   *
   * @param config where the plan is; empty for none
   * @param directory where versions and edits are kept; made when there is something to keep
   * @param clock the wall clock; relative times count from now if the configuration says {@code
   *     start}
   * @param inForce told of every plan that differs from the one before
   */
  public PlanKeeper(
      Optional<PlanConfig> config,
      Path directory,
      Supplier<DtnTime> clock,
      Consumer<ContactPlan> inForce) {
    this.config = config;
    this.archive = new PlanArchive(directory);
    this.clock = clock;
    this.started = clock.get();
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

  /** The version that stands in for the file, if an operator went back to one. */
  public synchronized OptionalLong pinned() {
    return base.pinned();
  }

  /** Whether the last reading brought a plan into force, or found the same. */
  public synchronized boolean lastWasGood() {
    return lastWasGood;
  }

  /** The edits over the plan, in the order in which they were made. */
  public synchronized List<PlanEdit> edits() {
    return edits.edits();
  }

  /**
   * Takes up where this gateway stopped: the version gone back to, else the file; and the edits.
   */
  public synchronized PlanReload start() {
    try {
      EditText.Saved saved = archive.saved();
      edits = saved.edits();
      if (saved.pinned().isPresent()) {
        long version = saved.pinned().getAsLong();
        Optional<ContactPlan> older = archive.plan(version);
        if (older.isPresent()) {
          return take(new Base(older.get(), "version " + version, saved.pinned()), List.of());
        }
        LOG.warn("plan version {} is not kept any more; the plan file is read instead", version);
      }
    } catch (IOException e) {
      LOG.warn("what was changed in the plan by hand cannot be read: {}", e.toString());
    }
    return reload(config);
  }

  /** Reads the plan from where it was. */
  public synchronized PlanReload reload() {
    return reload(config);
  }

  /** Reads the plan from a new place, which is kept if the plan is good. */
  public synchronized PlanReload reload(Optional<PlanConfig> from) {
    PlanFile.Read read =
        from.map(place -> PlanFile.read(place, started))
            .orElseGet(() -> new PlanFile.Read.Good(ContactPlan.EMPTY, List.of()));
    lastWasGood = read instanceof PlanFile.Read.Good;
    return switch (read) {
      case PlanFile.Read.Bad(List<String> problems) -> new PlanReload.Refused(problems);
      case PlanFile.Read.Good(ContactPlan file, List<String> warnings) -> {
        config = from;
        String source = from.map(place -> "file " + place.file()).orElse("no plan");
        yield take(new Base(file, source, OptionalLong.empty()), warnings);
      }
    };
  }

  /** Adds a contact that the plan does not have. */
  public synchronized PlanReload add(Contact contact) {
    ContactKey key = ContactKey.of(contact);
    return find(key).isPresent()
        ? refused("the plan has contact " + key + " already; change it instead")
        : edit(edits.adding(contact), "added " + key);
  }

  /** Replaces a contact by one of the same sender, receiver and start. */
  public synchronized PlanReload change(Contact contact) {
    ContactKey key = ContactKey.of(contact);
    return find(key).isEmpty() ? unknown(key) : edit(edits.changing(contact), "changed " + key);
  }

  /** Takes a contact out. */
  public synchronized PlanReload cancel(ContactKey key) {
    return find(key).isEmpty() ? unknown(key) : edit(edits.cancelling(key), "cancelled " + key);
  }

  /** Forgets every edit: what the file says holds again. */
  public synchronized PlanReload clearEdits() {
    return edit(EditLayer.NONE, "edits cleared");
  }

  /** Goes back to a version; what was edited since is forgotten, what was edited then is in it. */
  public synchronized PlanReload activate(long version) {
    try {
      Optional<ContactPlan> older = archive.plan(version);
      if (older.isEmpty()) {
        return refused("plan version " + version + " is not kept; see holdfast plan versions");
      }
      OptionalLong pinned = OptionalLong.of(version);
      archive.save(new EditText.Saved(pinned, EditLayer.NONE));
      edits = EditLayer.NONE;
      return take(new Base(older.get(), "version " + version, pinned), List.of());
    } catch (IOException e) {
      return refused("plan version " + version + " cannot be taken: " + e);
    }
  }

  /** A contact of the plan in force. */
  public synchronized Optional<Contact> find(ContactKey key) {
    return plan.contactsBetween(key.from(), key.to()).stream()
        .filter(contact -> contact.start().equals(key.start()))
        .findFirst();
  }

  /**
   * Every version that is kept, the newest first.
   *
   * @throws IOException if they cannot be read
   */
  public synchronized List<PlanVersion> versions() throws IOException {
    return archive.versions();
  }

  /**
   * The text of a version: a plan file; empty if it is not kept.
   *
   * @throws IOException if it cannot be read
   */
  public synchronized Optional<String> text(long version) throws IOException {
    return archive.text(version);
  }

  private static PlanReload refused(String why) {
    return new PlanReload.Refused(List.of(why));
  }

  private static PlanReload unknown(ContactKey key) {
    return refused("the plan has no contact " + key);
  }

  /** An edit is kept before it is in force, or it is refused. */
  private PlanReload edit(EditLayer next, String what) {
    if (next.edits().size() > EditLayer.MOST) {
      return refused(
          "there are %d edits, no more are kept; change the plan file".formatted(EditLayer.MOST));
    }
    EditLayer.Applied applied = next.over(base.plan());
    if (!applied.misfits().isEmpty()) {
      return new PlanReload.Refused(
          applied.misfits().stream().map(EditLayer.Misfit::refusal).toList());
    }
    try {
      archive.save(new EditText.Saved(base.pinned(), next));
    } catch (IOException e) {
      return refused("the edit cannot be kept: " + e);
    }
    edits = next;
    return take(applied, what, List.of());
  }

  private PlanReload take(Base next, List<String> warnings) {
    boolean other = !base.pinned().equals(next.pinned());
    base = next;
    EditLayer.Applied applied = edits.over(next.plan());
    List<String> told = new ArrayList<>(warnings);
    for (EditLayer.Misfit misfit : applied.misfits()) {
      told.add(misfit.dropped());
      LOG.warn("{}", misfit.dropped());
    }
    if (other || !applied.misfits().isEmpty()) {
      edits = applied.kept();
      try {
        archive.save(new EditText.Saved(next.pinned(), edits));
      } catch (IOException e) {
        told.add("the edits cannot be kept: " + e);
      }
    }
    String by = edits.isEmpty() ? "" : ", " + edits.edits().size() + " edits";
    return take(applied, next.source() + by, told);
  }

  private PlanReload take(EditLayer.Applied applied, String source, List<String> warnings) {
    ContactPlan next = applied.plan();
    PlanDiff difference = PlanDiff.between(plan, next);
    if (difference.isEmpty() && plan.facts().equals(next.facts())) {
      return new PlanReload.InForce(plan, difference, warnings);
    }
    List<String> told = new ArrayList<>(warnings);
    try {
      plan = numbered(next, difference, source);
    } catch (IOException e) {
      plan = next.withVersion(plan.version() + 1);
      told.add("plan version " + plan.version() + " cannot be kept: " + e);
    }
    inForce.accept(plan);
    return new PlanReload.InForce(plan, difference, told);
  }

  /** The plan under the number it had when it was the last one before a restart, or a new one. */
  private ContactPlan numbered(ContactPlan next, PlanDiff difference, String source)
      throws IOException {
    long newest = archive.newest();
    if (plan.version() == 0 && newest > 0) {
      Optional<ContactPlan> last = archive.plan(newest);
      if (last.isPresent() && last.get().hasSameContacts(next)) {
        return next.withVersion(newest);
      }
    }
    ContactPlan numbered = next.withVersion(Math.max(plan.version(), newest) + 1);
    PlanVersion version =
        new PlanVersion(
            numbered.version(),
            PlanArchive.date(clock.get()),
            source,
            DiffText.summary(difference.joiningMoves()),
            numbered.contacts().size());
    archive.keep(
        version,
        numbered,
        config.map(PlanConfig::keepVersions).orElse(PlanConfig.DEFAULT_VERSIONS),
        base.pinned());
    return numbered;
  }
}
