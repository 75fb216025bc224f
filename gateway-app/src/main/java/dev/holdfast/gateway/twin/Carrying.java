package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.sync.Checked;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Opportunity;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.Received;
import dev.holdfast.crdt.sync.SyncCodec;
import dev.holdfast.crdt.sync.SyncLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Synchronisation by carried media: the messages that bundles would carry, in a file.
 *
 * <pre>
 *   ["holdfast twins", 1, sender's name, [message...]]
 * </pre>
 */
final class Carrying {
  private static final String MAGIC = "holdfast twins";
  private static final int VERSION = 1;
  private static final int NAME_BYTES = 256;

  /** How far ahead a writer's clock may be and not be flagged. */
  private static final long DRIFT_MILLIS = 60_000;

  /** How long it may take until what is carried away is answered. */
  private static final long JOURNEY_MILLIS = 30L * 86_400_000;

  private final String self;
  private final SortedMap<String, SharedClass> classes;
  private final SortedMap<String, TwinSettings.Region> regions;
  private final Outlook outlook;
  private final BiConsumer<SharedClass, List<Outgoing>> bundles;
  private final DtnTime now;

  /**
   * For one request.
   *
   * @param self name of this region
   */
  Carrying(
      String self,
      SortedMap<String, SharedClass> classes,
      SortedMap<String, TwinSettings.Region> regions,
      Way way) {
    this.self = self;
    this.classes = classes;
    this.regions = regions;
    this.outlook = way.outlook;
    this.bundles = way.bundles;
    this.now = way.now;
  }

  /**
   * What there is besides files.
   *
   * @param outlook is told that a region was spoken to otherwise
   * @param bundles sends what is for others than whom the file is for
   * @param now the wall clock
   */
  record Way(Outlook outlook, BiConsumer<SharedClass, List<Outgoing>> bundles, DtnTime now) {}

  /** How far we are. */
  TwinAnswer digest(Optional<String> asked) {
    if (asked.isPresent() && !regions.containsKey(asked.get())) {
      return unknown(asked.get());
    }
    List<Octets> messages = new ArrayList<>();
    for (TwinSettings.Region region : regions.values()) {
      if (asked.isEmpty() || asked.get().equals(region.name())) {
        for (SharedClass each : classes.values()) {
          if (each.isSharedWith(region)) {
            add(messages, region, open(each, region, 0));
            close(each, region);
          }
        }
      }
    }
    return new TwinAnswer.Carried(file(messages), List.of(), List.of());
  }

  private TwinAnswer.Failed unknown(String region) {
    return new TwinAnswer.Failed(
        TwinAnswer.Reason.NOT_FOUND,
        "no region is called " + region + "; there are " + String.join(", ", regions.keySet()));
  }

  private List<Outgoing> open(SharedClass shared, TwinSettings.Region region, long bytes) {
    long millis = now.millis();
    return shared
        .sync()
        .openedAnew(
            region.id(), new Opportunity(millis, 0, 0, millis + JOURNEY_MILLIS, bytes), millis);
  }

  private void close(SharedClass shared, TwinSettings.Region region) {
    shared.sync().closed(region.id());
    outlook.again(region.name());
  }

  private static void add(List<Octets> messages, TwinSettings.Region region, List<Outgoing> all) {
    for (Outgoing out : all) {
      if (out.to().equals(region.id())) {
        messages.add(out.payload());
      }
    }
  }

  private Octets file(List<Octets> messages) {
    if (messages.isEmpty()) {
      return Octets.EMPTY;
    }
    var to = new CborWriter(1_024).array(4).text(MAGIC).unsigned(VERSION).text(self);
    to.array(messages.size());
    messages.forEach(to::bytes);
    return to.end().end().finish();
  }

  /** Takes a file; and says what its sender lacks, if that is asked for. */
  TwinAnswer take(TwinRequest.Take request) {
    try {
      var from = new CborReader(request.file()).in("crdt-sync/docs/0005, file");
      from.array(4);
      int where = from.offset();
      if (!from.text(NAME_BYTES).equals(MAGIC) || from.unsigned() != VERSION) {
        throw from.fault(where, "no file that holdfast twin digest or delta wrote");
      }
      TwinSettings.Region sender = regions.get(from.text(NAME_BYTES));
      List<Octets> messages = new ArrayList<>();
      for (int left = from.array(); left > 0; left--) {
        messages.add(from.bytes());
      }
      from.expectEnd();
      return sender == null
          ? new TwinAnswer.Failed(
              TwinAnswer.Reason.NOT_FOUND, "the file is of a region that is not configured here")
          : new Taking(sender, request.answer()).take(messages);
    } catch (WireException fault) {
      return new TwinAnswer.Failed(TwinAnswer.Reason.INVALID, String.valueOf(fault.getMessage()));
    }
  }

  /** One file of one sender. */
  private final class Taking {
    private final TwinSettings.Region sender;
    private final boolean answers;
    private final List<Octets> out = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedSet<String> changed = new TreeSet<>();

    /** Whether what is said to the sender goes into the file, even if there is a link to it. */
    private boolean opened;

    Taking(TwinSettings.Region sender, boolean answers) {
      this.sender = sender;
      this.answers = answers;
    }

    TwinAnswer take(List<Octets> messages) {
      List<Received> rest = new ArrayList<>();
      for (Octets each : messages) {
        switch (SyncCodec.decode(each, SyncLimits.DEFAULT)) {
          case Parsed.Good<Received>(Received message) -> {
            // How far they are comes before what they lack is said.
            if (comesFirst(message)) {
              receive(message);
            } else {
              rest.add(message);
            }
          }
          case Parsed.Bad<Received> bad -> problems.add(bad.toString());
        }
      }
      if (answers) {
        shared().forEach(each -> add(out, sender, open(each, sender, Long.MAX_VALUE)));
        opened = true;
      }
      rest.forEach(this::receive);
      if (answers) {
        shared().forEach(each -> close(each, sender));
      }
      return new TwinAnswer.Carried(file(out), List.copyOf(changed), problems);
    }

    private boolean isOpen(ClassSync sync) {
      return sync.peers().stream()
          .anyMatch(peer -> peer.region().equals(sender.id()) && peer.open());
    }

    private List<SharedClass> shared() {
      return classes.values().stream().filter(each -> each.isSharedWith(sender)).toList();
    }

    private static boolean comesFirst(Received message) {
      return switch (message.kind()) {
        case KEY, PROOF, FRONTIER -> true;
        case DELTA, SKETCH, SNAPSHOT, REQUEST, SIDECAST -> false;
      };
    }

    private void receive(Received message) {
      Optional<SharedClass> shared =
          classes.values().stream()
              .filter(each -> each.sync().ring().exportClass().equals(message.exportClass()))
              .findFirst();
      if (shared.isEmpty()) {
        problems.add("a message of a class that is not here");
        return;
      }
      var sync = shared.get().sync();
      Checked checked = Checked.of(message, sync.ring(), now.millis(), DRIFT_MILLIS);
      for (Notice fault : checked.faults()) {
        problems.add(SharedClass.words(shared.get().name(), shared.get().names(), fault));
      }
      boolean hasLink = !opened && isOpen(sync);
      List<Outgoing> all = sync.received(checked, now.millis());
      if (answers && !hasLink) {
        add(out, sender, all);
      }
      bundles.accept(
          shared.get(),
          all.stream().filter(it -> hasLink || !it.to().equals(sender.id())).toList());
      changed.addAll(sync.takeChanged());
    }
  }
}
