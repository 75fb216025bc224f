package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.replay.CapturedGateway.Passage;
import dev.holdfast.gateway.sim.RecordedNode.NotTaken;
import dev.holdfast.gateway.sim.RecordedNode.Received;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A replay beside its capture: what the neighbours sent comes again, and what the gateway forwarded
 * of it goes to the same neighbours again, by its identity (RFC 9171 §4.2.7) and its payload.
 *
 * <p>What the gateway sent of its own (its applications' bundles, reports, what it held before the
 * capture) is in nobody's hands to send again, and is counted only. A bundle that crossed a link
 * more than once counts there once.
 *
 * @param sent how many times the neighbours sent a bundle
 * @param noBundles how many times they sent bytes that are no bundle; those are not expected to be
 *     taken
 * @param taken how many of the bundles were taken again
 * @param forwarded how many bundles of them it forwarded, each neighbour by itself
 * @param again how many of these it forwards again
 * @param own how many bundles it sent of its own
 * @param unheard how many it forwarded to neighbours that are not heard now; they are not compared
 * @param besides how many it forwards now and was not seen to forward then: it may have held them,
 *     or the capture ended before
 * @param differences what is otherwise, in order
 */
public record CaptureComparison(
    long sent,
    long noBundles,
    long taken,
    long forwarded,
    long again,
    long own,
    long unheard,
    long besides,
    List<Difference> differences) {
  /** Keeps its own copy. */
  public CaptureComparison {
    differences = List.copyOf(differences);
  }

  /** In what a replay can differ. */
  public enum Kind {
    /** The gateway did not take what the neighbour sent. */
    NOT_TAKEN("not taken from"),
    /** It went to the neighbour then and not now. */
    NOT_FORWARDED("not forwarded to"),
    /** It goes to the neighbour, with another payload. */
    OTHER_PAYLOAD("another payload to"),
    /** It goes to the neighbour now, and then went to another one only. */
    OTHER_WAY("now, and not then, to"),
    /** What the gateway said to the neighbour breaks a rule. */
    BROKEN_RULE("a rule broken towards");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people, before the neighbour's name. */
    public String words() {
      return words;
    }
  }

  /**
   * Something that is otherwise.
   *
   * @param kind in what
   * @param neighbour with which neighbour, by its name
   * @param what the bundle's identity, or what else there is to say of it
   * @param why in a few words; empty if there is nothing to add
   */
  public record Difference(Kind kind, String neighbour, String what, String why) {}

  /** Nothing is otherwise. */
  public boolean isSame() {
    return differences.isEmpty();
  }

  /** The same with what else is otherwise. */
  public CaptureComparison with(List<Difference> more) {
    List<Difference> all = new ArrayList<>(differences);
    all.addAll(more);
    return new CaptureComparison(
        sent, noBundles, taken, forwarded, again, own, unheard, besides, List.copyOf(all));
  }

  /**
   * A bundle that the gateway forwarded then.
   *
   * @param nanos when its last byte was seen first, since the start of the capture
   * @param payload its payload
   */
  public record Forwarded(long nanos, Octets payload) {}

  /**
   * What the gateway forwarded then, by neighbour and in order of time: of what neighbours had sent
   * it before in the capture.
   */
  public static SortedMap<String, Map<BundleId, Forwarded>> forwarded(CapturedGateway capture) {
    Set<BundleId> received = new HashSet<>();
    SortedMap<String, Map<BundleId, Forwarded>> forwarded = new TreeMap<>();
    capture.neighbours().forEach(name -> forwarded.put(name, new LinkedHashMap<>()));
    for (Passage passage : capture.passages()) {
      if (passage.read() instanceof Decoded.Valid<Bundle>(Bundle bundle)) {
        BundleId original = bundle.id().original();
        if (passage.toGateway()) {
          received.add(original);
        } else if (received.contains(original)) {
          var _ =
              forwarded
                  .computeIfAbsent(passage.neighbour(), _ -> new LinkedHashMap<>())
                  .putIfAbsent(bundle.id(), new Forwarded(passage.nanos(), bundle.payload()));
        }
      }
    }
    return forwarded;
  }

  /**
   * Compares.
   *
   * @param heard the neighbours that would get what is sent to them now
   * @param got what each neighbour got, by its name
   * @param notTaken what each neighbour sent in vain, by its name
   * @param expired bundles that had outlived their lifetime when they were sent again
   */
  public static CaptureComparison of(
      CapturedGateway capture,
      Set<String> heard,
      Map<String, List<Received>> got,
      Map<String, List<NotTaken>> notTaken,
      Set<BundleId> expired) {
    Tally tally = new Tally(capture, expired);
    tally.sent(notTaken);
    SortedMap<String, Map<BundleId, Forwarded>> then = forwarded(capture);
    then.values().forEach(bundles -> bundles.keySet().forEach(tally::wentOn));
    then.forEach(
        (name, bundles) -> {
          if (heard.contains(name)) {
            tally.forwarded(name, bundles, got.getOrDefault(name, List.of()));
          } else {
            tally.unheard += bundles.size();
          }
        });
    return tally.result();
  }

  /** What is counted so far. */
  private static final class Tally {
    private final CapturedGateway capture;
    private final Set<BundleId> expired;
    private final Set<BundleId> received = new HashSet<>();
    private final Set<BundleId> wentOn = new HashSet<>();
    private final List<Difference> differences = new ArrayList<>();
    private long sent;
    private long noBundles;
    private long vain;
    private long forwarded;
    private long again;
    private long outgoing;
    private long unheard;
    private long besides;

    Tally(CapturedGateway capture, Set<BundleId> expired) {
      this.capture = capture;
      this.expired = expired;
    }

    void sent(Map<String, List<NotTaken>> notTaken) {
      for (Passage passage : capture.passages()) {
        switch (passage.read()) {
          case Decoded.Valid<Bundle>(Bundle bundle) -> {
            if (passage.toGateway()) {
              sent++;
              received.add(bundle.id().original());
            } else if (!received.contains(bundle.id().original())) {
              outgoing++;
            }
          }
          case Decoded.Invalid<Bundle> _ -> noBundles += passage.toGateway() ? 1 : 0;
        }
      }
      notTaken.forEach((name, all) -> all.forEach(one -> notTaken(name, one)));
    }

    private void notTaken(String name, NotTaken one) {
      if (BundleReader.read(one.encoded(), capture.reading())
          instanceof Decoded.Valid<Bundle>(Bundle bundle)) {
        vain++;
        differ(Kind.NOT_TAKEN, name, bundle.id(), one.why());
      }
    }

    /** The gateway forwarded it then, to whomever. */
    void wentOn(BundleId id) {
      wentOn.add(id.original());
    }

    void forwarded(String name, Map<BundleId, Forwarded> then, List<Received> got) {
      Map<BundleId, Octets> now = new LinkedHashMap<>();
      got.forEach(one -> now.put(one.bundle().id(), one.bundle().payload()));
      forwarded += then.size();
      then.forEach(
          (id, crossed) -> {
            Octets arrived = now.remove(id);
            if (arrived == null) {
              boolean late = expired.contains(id.original());
              differ(Kind.NOT_FORWARDED, name, id, late ? "expired by now" : "");
            } else if (arrived.equals(crossed.payload())) {
              again++;
            } else {
              String sizes = arrived.size() + " bytes, then " + crossed.payload().size();
              differ(Kind.OTHER_PAYLOAD, name, id, sizes);
            }
          });
      // What is left and came from no neighbour is the gateway's own.
      now.keySet().stream()
          .filter(id -> received.contains(id.original()))
          .forEach(id -> more(name, id));
    }

    private void more(String name, BundleId id) {
      if (wentOn.contains(id.original())) {
        differ(Kind.OTHER_WAY, name, id, "");
      } else {
        besides++;
      }
    }

    private void differ(Kind kind, String name, BundleId id, String why) {
      differences.add(new Difference(kind, name, id.toString(), why));
    }

    CaptureComparison result() {
      return new CaptureComparison(
          sent, noBundles, sent - vain, forwarded, again, outgoing, unheard, besides, differences);
    }
  }
}
