package dev.holdfast.crdt.sync;

import java.util.Optional;

/** What was done for one region in a contact. For one thread. */
final class WorkDone {
  private int comparisons;
  private int requests;
  private long names;
  private int snapshots;

  /** Why what is said is not to be gone into; empty if it may be. */
  Optional<String> refusal(Claim claim, SyncWork most) {
    return switch (claim) {
      case Sketch _, Sidecast _ -> beyond(++comparisons, most.comparisons(), "parts of sketches");
      case Request request -> refusal(request, most);
      case FrontierMessage _, Snapshot _ -> Optional.empty();
    };
  }

  private Optional<String> refusal(Request request, SyncWork most) {
    boolean named = request.named().isPresent();
    if (!named && !request.snapshot() && request.blocks().isEmpty()) {
      return Optional.empty();
    }
    requests++;
    names += request.named().map(it -> it.names().size()).orElse(0);
    snapshots += request.snapshot() ? 1 : 0;
    Optional<String> asked = beyond(requests, most.requests(), "requests");
    Optional<String> looked = beyond(names, most.names(), "names").filter(_ -> named);
    return asked
        .or(() -> looked)
        .or(() -> beyond(snapshots, most.snapshots(), "snapshots").filter(_ -> request.snapshot()));
  }

  private static Optional<String> beyond(long count, int most, String what) {
    return count > most
        ? Optional.of("more than " + most + " " + what + " in a contact")
        : Optional.empty();
  }
}
