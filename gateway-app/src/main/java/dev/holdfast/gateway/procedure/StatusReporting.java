package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.admin.AdministrativeRecords;
import dev.holdfast.bpv7.admin.StatusReason;
import dev.holdfast.bpv7.admin.StatusReport;
import dev.holdfast.bpv7.admin.StatusReport.Assertion;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/**
 * Tells the report-to endpoint what became of a bundle, if the bundle asks for it and the operator
 * allows it (RFC 9171 §5.1, §6.1). So many a second and no more: the rest is counted.
 */
public final class StatusReporting {
  private static final long LIFETIME_MILLIS = 7L * 24 * 3600 * 1000;

  private final NodeSettings settings;
  private final Transmission transmission;
  private long second = -1;
  private int thisSecond;

  private enum Happened {
    RECEIVED,
    FORWARDED,
    DELIVERED,
    DELETED
  }

  StatusReporting(NodeSettings settings, Transmission transmission) {
    this.settings = settings;
    this.transmission = transmission;
  }

  void received(Turn turn, BundleHead head) {
    report(turn, head, BundleFlags.REPORT_RECEPTION, Happened.RECEIVED, none());
  }

  /**
   * A block of it could not be processed (§5.6 step 4): told as a reception with that reason,
   * whatever the bundle's own flags ask for.
   */
  void unprocessed(Turn turn, BundleHead head) {
    if ((settings.reports().allowed() & BundleFlags.REPORT_RECEPTION) != 0) {
      send(turn, head, Happened.RECEIVED, StatusReason.BLOCK_UNSUPPORTED);
    }
  }

  void forwarded(Turn turn, HeldBundle bundle) {
    stored(turn, bundle)
        .ifPresent(
            head -> report(turn, head, BundleFlags.REPORT_FORWARDING, Happened.FORWARDED, none()));
  }

  void delivered(Turn turn, HeldBundle bundle) {
    stored(turn, bundle).ifPresent(head -> delivered(turn, head));
  }

  void delivered(Turn turn, BundleHead head) {
    report(turn, head, BundleFlags.REPORT_DELIVERY, Happened.DELIVERED, none());
  }

  void deleted(Turn turn, HeldBundle bundle, StatusReason reason) {
    stored(turn, bundle).ifPresent(head -> deleted(turn, head, reason));
  }

  void deleted(Turn turn, BundleHead head, StatusReason reason) {
    report(turn, head, BundleFlags.REPORT_DELETION, Happened.DELETED, reason);
  }

  private static StatusReason none() {
    return StatusReason.NO_INFORMATION;
  }

  private static Optional<BundleHead> stored(Turn turn, HeldBundle bundle) {
    if (!bundle.service().reports()) {
      return Optional.empty();
    }
    return turn.head(bundle)
        .flatMap(
            bytes ->
                switch (BundleReader.readHead(bytes)) {
                  case Decoded.Valid<BundleHead>(BundleHead head) -> Optional.of(head);
                  case Decoded.Invalid<BundleHead> _ -> Optional.empty();
                });
  }

  private void report(
      Turn turn, BundleHead head, long flag, Happened happened, StatusReason reason) {
    boolean asked = head.primary().flags().has(flag);
    if (asked && (settings.reports().allowed() & flag) != 0) {
      send(turn, head, happened, reason);
    }
  }

  private void send(Turn turn, BundleHead head, Happened happened, StatusReason reason) {
    PrimaryBlock primary = head.primary();
    Eid to = primary.reportTo();
    // RFC 9171 §4.2.3: never about administrative records or anonymous bundles, and never to
    // nobody.
    if (to.isNull() || primary.source().isNull() || primary.flags().has(BundleFlags.ADMIN_RECORD)) {
      return;
    }
    if (!isWithinRate(turn)) {
      turn.count(Counter.REPORTS_SUPPRESSED);
      return;
    }
    turn.count(Counter.REPORTS_SENT);
    StatusReport report = about(head, happened, turn.now().wall(), reason);
    var _ =
        transmission.send(
            turn,
            new Transmission.Draft(
                to,
                settings.administrative(to),
                LIFETIME_MILLIS,
                BundleFlags.NONE.with(BundleFlags.ADMIN_RECORD),
                Eid.NULL,
                Request.Service.DEFAULT),
            NewBundles.Adu.of(
                new Payload.Inline(AdministrativeRecords.encode(report)), Optional.empty()));
  }

  private static StatusReport about(
      BundleHead head, Happened happened, DtnTime at, StatusReason reason) {
    // §4.2.3: the time is told if the bundle asks for it.
    Assertion yes =
        head.primary().flags().has(BundleFlags.STATUS_TIME) ? Assertion.at(at) : Assertion.YES;
    return new StatusReport(
        happened == Happened.RECEIVED ? yes : Assertion.NO,
        happened == Happened.FORWARDED ? yes : Assertion.NO,
        happened == Happened.DELIVERED ? yes : Assertion.NO,
        happened == Happened.DELETED ? yes : Assertion.NO,
        reason,
        head.id());
  }

  private boolean isWithinRate(Turn turn) {
    long now = turn.now().bootMillis() / 1000;
    if (now != second) {
      second = now;
      thisSecond = 0;
    }
    thisSecond++;
    return thisSecond <= settings.reports().perSecond();
  }
}
