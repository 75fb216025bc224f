package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Contact;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeStatus.LinkState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One link as the node sees it: what is bound to it, what it has in flight, and what may leave by
 * it now.
 *
 * <p>The rate of a contact is metered here as the time at which everything handed to the link will
 * have left; the link itself spreads the bytes within that.
 */
public final class Egress {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long PAUSE_MILLIS = 5_000;

  /** Up to 320 s. */
  private static final int MOST_DOUBLINGS = 6;

  private final LinkSettings settings;
  private final NavigableSet<Waiting> bound = new TreeSet<>();
  private final Map<TransferToken, InFlight> inFlight = new LinkedHashMap<>();
  private long bytesInFlight;
  private Optional<LinkEvent.Up> up = Optional.empty();
  private Optional<Contact> contact = Optional.empty();
  private boolean configured = true;
  private boolean ordered;
  private boolean heard;
  private boolean missed;
  private long busyUntilNanos;
  private long pausedUntilMillis;
  private int refusals;
  private long sentBytes;
  private long receivedBytes;
  private long sentInContact;
  private long protocolErrors;
  private Optional<String> lastProtocolError = Optional.empty();
  private String because = "not opened yet";
  private LinkState state = LinkState.DOWN_PLANNED;
  private DtnTime since = DtnTime.UNKNOWN;

  /**
   * A bundle that a link has.
   *
   * @param bundle the bundle
   * @param part the payload part sent, empty for all of it
   * @param bytes what counts against the link's credit
   */
  public record InFlight(Waiting bundle, Optional<BundleId.Extent> part, long bytes) {}

  /** A link that is not open. */
  public Egress(LinkSettings settings) {
    this.settings = settings;
    if (settings.schedule() == LinkSettings.Schedule.DISABLED) {
      state = LinkState.DISABLED;
      because = "switched off in the configuration";
    }
  }

  /** A neighbour that came without being configured: always open while it is there. */
  public static Egress unconfigured(LinkId link, Optional<NodeId> peer) {
    Egress egress =
        new Egress(
            new LinkSettings(
                link,
                peer,
                LinkSettings.Schedule.ALWAYS,
                0,
                Link.Confirmation.STORED,
                false,
                16L << 20));
    egress.configured = false;
    egress.ordered = true;
    return egress;
  }

  /** Whether it is in the configuration. */
  public boolean isConfigured() {
    return configured;
  }

  /** What is configured. */
  public LinkSettings settings() {
    return settings;
  }

  /** The bundles bound to it, in the order of leaving. */
  public NavigableSet<Waiting> bound() {
    return bound;
  }

  /** Transfers not settled yet, oldest first. */
  public Map<TransferToken, InFlight> inFlight() {
    return inFlight;
  }

  /** The session with the neighbour, if there is one. */
  public Optional<LinkEvent.Up> up() {
    return up;
  }

  /** Who is at the other end: as it said, or as configured. */
  public Optional<NodeId> neighbour() {
    return settings.neighbour().or(() -> up.flatMap(LinkEvent.Up::peer));
  }

  /** The contact that is open from here to the neighbour. */
  public Optional<Contact> contact() {
    return contact;
  }

  /** Whether the link was told to be open. */
  public boolean ordered() {
    return ordered;
  }

  void ordered(boolean open) {
    ordered = open;
  }

  /** A session came up. */
  public void up(LinkEvent.Up event) {
    up = Optional.of(event);
    heard = true;
  }

  /** No session is left. */
  public void down() {
    up = Optional.empty();
    busyUntilNanos = 0;
  }

  /** A contact began or ended. */
  void contact(Optional<Contact> open) {
    contact = open;
    missed = false;
    heard = up.isPresent();
    sentInContact = 0;
    busyUntilNanos = 0;
  }

  /**
   * The neighbour has no room: nothing is offered for a while, twice as long each time, and then
   * one bundle alone, until it takes one.
   */
  public void noRoom(long bootMillis) {
    if (bootMillis >= pausedUntilMillis) {
      pausedUntilMillis = bootMillis + (PAUSE_MILLIS << Math.min(refusals, MOST_DOUBLINGS));
      refusals++;
    }
  }

  /** The neighbour took a bundle. */
  public void hasRoom() {
    refusals = 0;
  }

  /** When offering goes on. */
  public long pausedUntil() {
    return pausedUntilMillis;
  }

  /** Whether a bundle may be handed to it now, as far as the link itself is concerned. */
  public boolean hasCredit(Moment now) {
    boolean open =
        settings.schedule() == LinkSettings.Schedule.ALWAYS
            || contact.isPresent()
            || (settings.schedule() == LinkSettings.Schedule.PLAN
                && settings.neighbour().isEmpty());
    return open
        && up.isPresent()
        && now.bootMillis() >= pausedUntilMillis
        && (refusals == 0 || inFlight.isEmpty())
        && inFlight.size() < up.get().limits().transfersInFlight()
        && (inFlight.isEmpty() || bytesInFlight < creditBytes());
  }

  private long creditBytes() {
    long rate = rate();
    if (rate == 0) {
      return settings.bytesInFlight();
    }
    // What travels there, its acknowledgements back, and two seconds' worth so that the line never
    // runs dry.
    long light = contact.map(Contact::owltMillis).orElse(0L);
    return Math.min(settings.bytesInFlight(), rate * (2 * light + 2_000) / 1000 + 65_536);
  }

  /** Bytes per second now; 0 for unmetered. */
  public long rate() {
    return settings.bytesPerSecond() > 0
        ? settings.bytesPerSecond()
        : contact.map(Contact::bytesPerSecond).orElse(0L);
  }

  /**
   * How many bytes can still leave before the contact ends, if all begins now behind what was
   * handed over already.
   */
  public long roomBytes(Moment now) {
    long rate = rate();
    if (contact.isEmpty() || rate == 0) {
      return Long.MAX_VALUE;
    }
    long left = contact.get().end().since(now.wall());
    long begin = Math.max(0, busyUntilNanos - now.bootNanos()) / NANOS_PER_MILLI;
    long millis = left - begin;
    return millis <= 0 ? 0 : millis / 1000 * rate + millis % 1000 * rate / 1000;
  }

  /** A bundle is handed over. */
  public void started(TransferToken token, InFlight transfer, long consumption, Moment now) {
    bound.remove(transfer.bundle());
    inFlight.put(token, transfer);
    bytesInFlight += transfer.bytes();
    sentBytes += transfer.bytes();
    sentInContact += transfer.bytes();
    long rate = rate();
    if (rate > 0) {
      busyUntilNanos =
          Math.max(busyUntilNanos, now.bootNanos()) + Contact.transferNanos(consumption, rate);
    }
  }

  /** A transfer is over, one way or the other. */
  public Optional<InFlight> settled(TransferToken token) {
    InFlight transfer = inFlight.remove(token);
    if (transfer != null) {
      bytesInFlight -= transfer.bytes();
    }
    return Optional.ofNullable(transfer);
  }

  /** Counts what came in. */
  public void received(long bytes) {
    receivedBytes += bytes;
    heard = true;
  }

  /** The neighbour broke a rule of the convergence layer. */
  public void violated(String what) {
    protocolErrors++;
    lastProtocolError = Optional.of(what);
  }

  /** How often the neighbour broke a rule of the convergence layer since the start. */
  public long protocolErrors() {
    return protocolErrors;
  }

  /** Which rule it broke last. */
  public Optional<String> lastProtocolError() {
    return lastProtocolError;
  }

  /** Bundle bytes handed to it since the start. */
  public long sentBytes() {
    return sentBytes;
  }

  /** Bundle bytes that came from it since the start. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** Bundle bytes handed to it in the contact that is open. */
  public long sentInContact() {
    return sentInContact;
  }

  /** State judged against the plan. */
  public LinkState state() {
    return state;
  }

  /** Why it is in that state. */
  public String because() {
    return because;
  }

  /** When it came into that state. */
  public DtnTime since() {
    return since;
  }

  /** Whether the open contact counts as missed: the neighbour has been silent for too long. */
  boolean missed() {
    return missed;
  }

  void missed(boolean silent) {
    missed = silent;
  }

  /** Whether the neighbour was heard since the contact began. */
  boolean heard() {
    return heard;
  }

  /** Notes a judgement; present if it differs from the one before. */
  Optional<LinkState> judged(LinkState now, String why, DtnTime at) {
    because = why;
    if (now == state) {
      return Optional.empty();
    }
    state = now;
    since = at;
    return Optional.of(now);
  }

  /** The order in which bundles leave, for the ones bound. */
  public List<Waiting> boundCopy() {
    return List.copyOf(bound);
  }
}
