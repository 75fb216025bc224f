package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where twins meet bundles: what they decided, the bundles that carry it and those that it follows
 * from stand or fall together, in one turn.
 */
public final class TwinEndpoint {
  private final ApplicationEndpoints applications;
  private final Deletion deletion;
  private final Spreading spreading;
  private final Transmission transmission;

  TwinEndpoint(
      ApplicationEndpoints applications,
      Deletion deletion,
      Spreading spreading,
      Transmission transmission) {
    this.applications = applications;
    this.deletion = deletion;
    this.spreading = spreading;
    this.transmission = transmission;
  }

  /** Takes it over. A message there is no room for is not made: twins say again what is lost. */
  public Answer.Committed commit(Turn turn, Request.Commit commit) {
    turn.records(commit.records());
    commit.notes().forEach(text -> turn.note(Kind.TWINS, Optional.empty(), Optional.empty(), text));
    commit.taken().forEach(bundle -> applications.taken(turn, bundle));
    commit
        .superseded()
        .forEach(id -> turn.find(id).ifPresent(held -> deletion.cancelled(turn, held)));
    List<Optional<BundleId>> made = new ArrayList<>();
    for (Request.Message message : commit.messages()) {
      made.add(
          spreading.makeRoom(turn, message.payload().size())
              ? Optional.of(send(turn, message))
              : Optional.empty());
    }
    return new Answer.Committed(made);
  }

  private BundleId send(Turn turn, Request.Message message) {
    BundleFlags flags = BundleFlags.NONE;
    BundleId id =
        transmission.send(
            turn,
            new Transmission.Draft(
                message.to(),
                message.from(),
                message.lifetimeMillis(),
                message.service().mayFragment() ? flags : flags.with(BundleFlags.MUST_NOT_FRAGMENT),
                message.from(),
                message.service(),
                message.series()),
            NewBundles.Adu.of(new Payload.Inline(message.payload()), Optional.empty()));
    turn.note(Kind.SUBMITTED, Optional.empty(), Optional.of(id), "made here");
    return id;
  }
}
