package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/**
 * Step 1 of 9 for bundles of applications: a request to transmit becomes a bundle (RFC 9171 §5.2).
 */
public final class Submission {
  private static final long ALL_REPORTS =
      BundleFlags.REPORT_RECEPTION
          | BundleFlags.REPORT_FORWARDING
          | BundleFlags.REPORT_DELIVERY
          | BundleFlags.REPORT_DELETION;

  private final NodeSettings settings;
  private final Spreading spreading;
  private final Transmission transmission;

  /** Submission to this node. */
  Submission(NodeSettings settings, Spreading spreading, Transmission transmission) {
    this.settings = settings;
    this.spreading = spreading;
    this.transmission = transmission;
  }

  /** Why a request cannot be served, if so. */
  public Optional<Answer.Refused> check(Turn turn, Request.Submit submit) {
    if (submit.to().isNull()) {
      return invalid("the destination is the null endpoint; name the endpoint that is to get it");
    }
    if (submit.lifetimeMillis() < 1) {
      return invalid("the lifetime is " + submit.lifetimeMillis() + " ms; give 1 ms or more");
    }
    Request.Service service = submit.service();
    if (service.ordinal() < 0 || service.ordinal() > 255) {
      return invalid("the ordinal is " + service.ordinal() + "; give 0..255");
    }
    if (service.hopLimit() < 0 || service.hopLimit() > 255) {
      return invalid("the hop limit is " + service.hopLimit() + "; give 1..255, or 0 for none");
    }
    Eid from = submit.from().orElse(settings.node().eid());
    if (!from.isNull() && !settings.isLocal(from)) {
      return invalid(
          from
              + " is no endpoint of this node; give one of "
              + settings.nodes()
              + " as the source");
    }
    // RFC 9171 §4.2.3: an anonymous bundle is not to be fragmented and reports nothing.
    if (from.isNull() && (service.mayFragment() || submit.reports().flags().asksForReports())) {
      return invalid("a bundle without source must not be cut and can ask for no reports");
    }
    if (submit.payload() instanceof Payload.Spooled && submit.trailer().isEmpty()) {
      return invalid("a spooled payload comes with what ends its bundle");
    }
    if (!spreading.makeRoom(turn, submit.payload().length())) {
      return Optional.of(
          new Answer.Refused(
              Answer.Reason.NO_SPACE,
              "the store's limit is reached; raise store.maxBytes or wait for bundles to leave"));
    }
    return Optional.empty();
  }

  private static Optional<Answer.Refused> invalid(String text) {
    return Optional.of(new Answer.Refused(Answer.Reason.INVALID, text));
  }

  /** Makes the bundle of a request that was found good. */
  public BundleId send(Turn turn, Request.Submit submit) {
    Eid from = submit.from().orElse(settings.node().eid());
    BundleFlags flags =
        new BundleFlags(submit.reports().flags().bits() & (ALL_REPORTS | BundleFlags.STATUS_TIME));
    BundleId id =
        transmission.send(
            turn,
            new Transmission.Draft(
                submit.to(),
                from,
                submit.lifetimeMillis(),
                submit.service().mayFragment() ? flags : flags.with(BundleFlags.MUST_NOT_FRAGMENT),
                submit.reports().to().orElse(from),
                submit.service()),
            NewBundles.Adu.of(submit.payload(), submit.trailer()));
    turn.note(Kind.SUBMITTED, Optional.empty(), Optional.of(id), "made here");
    return id;
  }
}
