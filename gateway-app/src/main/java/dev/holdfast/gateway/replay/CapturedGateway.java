package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.gateway.replay.CapturedTraffic.Crossing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One node of a capture, to be replayed as a gateway: its links, and what crossed them.
 *
 * @param name its name in the capture
 * @param ids who it and its neighbours are, by their names
 * @param epoch when the first packet was seen, if its clock was set
 * @param events what happened to its links, in order of time
 * @param passages the bundles that crossed them, in the order in which their last bytes were seen
 * @param reading how they are read
 * @param findings what of the capture could not be read
 */
public record CapturedGateway(
    String name,
    SortedMap<String, NodeId> ids,
    Optional<DtnTime> epoch,
    List<TraceEvent> events,
    List<Passage> passages,
    ReadOptions reading,
    List<String> findings) {
  /** Keeps its own copies. */
  public CapturedGateway {
    ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    events = List.copyOf(events);
    passages = List.copyOf(passages);
    findings = List.copyOf(findings);
  }

  /**
   * What was sent to the gateway or by it.
   *
   * @param neighbour who is at the other end
   * @param toGateway whether the neighbour sent it
   * @param layer by which it crossed
   * @param nanos when its last byte was seen, since the start of the capture
   * @param encoded its bytes
   * @param read the bundle that they are, or why they are none
   */
  public record Passage(
      String neighbour,
      boolean toGateway,
      CaptureLayer layer,
      long nanos,
      Octets encoded,
      Decoded<Bundle> read) {}

  /**
   * A node of a capture.
   *
   * @param ids who a node is by its name; asked for the gateway and its neighbours
   */
  static CapturedGateway of(
      CapturedTraffic traffic, String name, Function<String, NodeId> ids, ReadOptions reading) {
    List<TraceEvent> events =
        traffic.events().stream()
            .filter(event -> event.from().equals(name) || event.to().equals(name))
            .toList();
    SortedMap<String, NodeId> named = new TreeMap<>();
    for (TraceEvent event : events) {
      var _ = named.computeIfAbsent(event.from(), ids);
      var _ = named.computeIfAbsent(event.to(), ids);
    }
    List<Passage> passages = new ArrayList<>();
    for (Crossing crossing : traffic.crossings()) {
      boolean toGateway = crossing.to().equals(name);
      if (toGateway || crossing.from().equals(name)) {
        passages.add(
            new Passage(
                toGateway ? crossing.from() : crossing.to(),
                toGateway,
                crossing.layer(),
                crossing.nanos(),
                crossing.encoded(),
                BundleReader.read(crossing.encoded(), reading)));
      }
    }
    return new CapturedGateway(
        name, named, traffic.epoch(), events, passages, reading, traffic.findings());
  }

  /** The names of its neighbours. */
  public SortedSet<String> neighbours() {
    SortedSet<String> others = new TreeSet<>(ids.keySet());
    others.remove(name);
    return others;
  }

  /** Who a node is: the gateway itself, or a neighbour. */
  public NodeId id(String node) {
    return Optional.ofNullable(ids.get(node)).orElseThrow();
  }

  /** The neighbour at the other end of an event's link. */
  public String neighbour(TraceEvent event) {
    return event.from().equals(name) ? event.to() : event.from();
  }

  /** When something was last seen of it, since the start of the capture. */
  public long lastNanos() {
    long last = 0;
    for (TraceEvent event : events) {
      last = Math.max(last, event.nanos());
    }
    for (Passage passage : passages) {
      last = Math.max(last, passage.nanos());
    }
    return last;
  }
}
