package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of one link and what each is for: the first takes bundles, the second the urgent
 * ones. Belongs to the link's thread.
 */
final class Sessions {
  /** Twice as many as are wanted: both sides may have dialled at once. */
  private static final int MOST = 4;

  /** How long a neighbour that came before its contact may wait: its clock may be ahead of ours. */
  private static final long PARK_MILLIS = 30_000;

  private record Parked(TcpclConnection connection, long until) {}

  /** Connections that count, established or on the way there, in their order. */
  private final List<TcpclConnection> all = new ArrayList<>();

  private final List<TcpclConnection> established = new ArrayList<>();
  private final List<Parked> parked = new ArrayList<>();

  void add(TcpclConnection connection) {
    all.add(connection);
  }

  void established(TcpclConnection connection) {
    established.add(connection);
    reassign();
  }

  /** Whether the connection was an established session. */
  boolean remove(TcpclConnection connection) {
    all.remove(connection);
    parked.removeIf(p -> p.connection() == connection);
    boolean was = established.remove(connection);
    reassign();
    return was;
  }

  /** How many there are or will be. */
  int count() {
    return (int) all.stream().filter(c -> !c.isEnding()).count();
  }

  boolean full() {
    return all.size() + parked.size() >= MOST;
  }

  /** Whether one of ours is on the way to be established. */
  boolean anyNegotiating() {
    return all.stream().anyMatch(c -> c.isActive() && !established.contains(c));
  }

  boolean anyEstablished() {
    return !established.isEmpty();
  }

  void pace(TcpclParameters.Pace pace) {
    for (TcpclConnection connection : all) {
      boolean _ = connection.input(new TcpclInput.SetPace(pace));
    }
  }

  /** The session that a bundle takes. */
  Optional<TcpclConnection> choose(boolean urgent, boolean separately) {
    List<TcpclConnection> usable = usable();
    if (usable.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(urgent && separately ? usable.get(usable.size() - 1) : usable.getFirst());
  }

  /** At most two: the first and, if there is one, the second that take bundles. */
  private List<TcpclConnection> usable() {
    return established.stream().filter(c -> !c.isEnding()).limit(2).toList();
  }

  /** What the second session writes goes first. */
  void reassign() {
    List<TcpclConnection> usable = usable();
    for (TcpclConnection connection : established) {
      connection.urgent(usable.size() == 2 && usable.get(1) == connection);
    }
  }

  /** One that we dialled and that is more than are wanted, the newest first. */
  Optional<TcpclConnection> surplus(int wanted) {
    List<TcpclConnection> going = established.stream().filter(c -> !c.isEnding()).toList();
    if (going.size() <= wanted) {
      return Optional.empty();
    }
    return going.reversed().stream().filter(TcpclConnection::isActive).findFirst();
  }

  void park(TcpclConnection connection, long now) {
    parked.add(new Parked(connection, now + PARK_MILLIS));
  }

  /** When the first parked connection has waited long enough. */
  long parkedUntil() {
    return parked.isEmpty() ? Long.MAX_VALUE : parked.getFirst().until();
  }

  List<TcpclConnection> takeParked() {
    List<TcpclConnection> taken = parked.stream().map(Parked::connection).toList();
    parked.clear();
    return taken;
  }

  /** Takes those that have waited long enough. */
  List<TcpclConnection> overdue(long now) {
    List<TcpclConnection> taken =
        parked.stream().filter(p -> p.until() <= now).map(Parked::connection).toList();
    parked.removeIf(p -> p.until() <= now);
    return taken;
  }
}
