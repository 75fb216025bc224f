package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.crdt.sync.Witness;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.twin.StoredTwins;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinEvent;
import dev.holdfast.gateway.twin.TwinIntake;
import dev.holdfast.gateway.twin.TwinRequest;
import dev.holdfast.gateway.twin.TwinSettings;
import dev.holdfast.gateway.twin.TwinTurn;
import dev.holdfast.gateway.twin.Twins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The twins of a node in a world: what the twins' thread does in a gateway, in virtual time. They
 * end with the node's process, and start again from what its store holds.
 */
public final class SimTwins {
  private static final long LEASE_MILLIS = 86_400_000;
  private static final long WAIT_MILLIS = 366L * 86_400_000;
  private static final int FETCHED = 16;

  private final SimNode node;
  private final SimWorld world;
  private TwinSettings settings;
  private final RandomGenerator random;
  private final List<String> notes = new ArrayList<>();
  private Optional<ContactPlan> plan = Optional.empty();
  private SortedMap<String, Witness> witnesses = new TreeMap<>();
  private Life life;

  /** What ends with the process. */
  private final class Life {
    private final Twins twins =
        new Twins(
            settings, new StoredTwins(node.store()), new Twins.Outside(this::entropy, witnesses));
    private final TwinIntake intake =
        new TwinIntake(node.store(), settings.limits().sync().driftMillis());
    private final Map<Long, Consumer<TwinAnswer>> waiting = new TreeMap<>();
    private List<TwinEvent> inbox = new ArrayList<>();
    private boolean due;
    private long asked;
    private long inFlight;
    private DtnTime wakeAt = DtnTime.FOREVER;

    private boolean isOver() {
      return life != this || !node.isAlive();
    }

    private Octets entropy(int size) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      return Octets.wrap(bytes);
    }

    void begin() {
      plan.ifPresent(it -> put(new TwinEvent.Planned(it)));
      for (TwinSettings.ExportClass each : settings.classes()) {
        if (!each.regions().isEmpty()) {
          fetch(each);
        }
      }
    }

    private void fetch(TwinSettings.ExportClass from) {
      Eid endpoint = TwinSettings.endpoint(settings.node(), from.service());
      node.applications()
          .ask(
              new Request.Fetch(endpoint, FETCHED, LEASE_MILLIS, WAIT_MILLIS),
              answer -> {
                if (answer instanceof Answer.Fetched(List<Answer.Delivery> deliveries)) {
                  deliveries.forEach(delivery -> take(from, delivery));
                  world.time().after(0, () -> fetchUnlessOver(from));
                }
              });
    }

    private void fetchUnlessOver(TwinSettings.ExportClass from) {
      if (!isOver()) {
        fetch(from);
      }
    }

    private void take(TwinSettings.ExportClass from, Answer.Delivery delivery) {
      intake
          .read(
              from.name(),
              delivery.bundle(),
              Objects.requireNonNull(twins.rings().get(from.name())),
              node.now().wall().millis())
          .ifPresent(this::put);
    }

    void put(TwinEvent event) {
      inbox.add(event);
      if (!due) {
        due = true;
        world.time().after(0, this::turn);
      }
    }

    void ask(TwinRequest request, Consumer<TwinAnswer> told) {
      asked++;
      waiting.put(asked, told);
      put(new TwinEvent.Asked(asked, request));
    }

    private void turn() {
      if (isOver()) {
        return;
      }
      due = false;
      List<TwinEvent> batch = inbox;
      inbox = new ArrayList<>();
      Moment now = node.now();
      TwinTurn turn = twins.on(batch, now);
      notes.addAll(turn.commit().notes());
      turn.witnesses().ifPresent(it -> witnesses = it);
      if (turn.commitsNothing() && inFlight == 0) {
        said(turn);
      } else {
        inFlight++;
        node.applications().ask(turn.commit(), answer -> committed(turn, answer));
      }
      wake(now);
    }

    private void committed(TwinTurn turn, Answer answer) {
      inFlight--;
      if (answer instanceof Answer.Committed(var made)) {
        put(new TwinEvent.Written(turn.number(), made));
        said(turn);
      }
    }

    private void said(TwinTurn turn) {
      for (TwinTurn.Reply reply : turn.replies()) {
        Consumer<TwinAnswer> told = waiting.remove(reply.id());
        if (told != null) {
          told.accept(reply.answer());
        }
      }
    }

    private void wake(Moment now) {
      DtnTime next = twins.nextDeadline();
      if (next.equals(DtnTime.FOREVER) || !next.isBefore(wakeAt)) {
        return;
      }
      wakeAt = next;
      world
          .time()
          .after(
              Math.max(1, next.since(now.wall())) * 1_000_000,
              () -> {
                if (!isOver() && wakeAt.equals(next)) {
                  wakeAt = DtnTime.FOREVER;
                  put(new TwinEvent.Tick());
                }
              });
    }
  }

  /** Twins of a node that has just been added. */
  public SimTwins(SimNode node, SimWorld world, TwinSettings settings) {
    this.node = node;
    this.world = world;
    this.settings = settings;
    this.random = world.random("twins of " + node.name());
    this.life = new Life();
    node.applications().onRestart(this::restart);
  }

  /** Starts them. */
  public void start(ContactPlan with) {
    plan = Optional.of(with);
    life.begin();
  }

  /** A new contact plan is in force. */
  public void planned(ContactPlan with) {
    plan = Optional.of(with);
    life.put(new TwinEvent.Planned(with));
  }

  private void restart() {
    life = new Life();
    life.begin();
  }

  /** What the twins are told at their next start. */
  public void configure(TwinSettings next) {
    settings = next;
  }

  /** Asks; {@code told} hears the answer unless the node crashes first. */
  public void ask(TwinRequest request, Consumer<TwinAnswer> told) {
    if (node.isAlive()) {
      life.ask(request, told);
    }
  }

  /** Asks; what follows in this instant happens, an answer or not. */
  public Optional<TwinAnswer> ask(TwinRequest request) {
    List<TwinAnswer> answers = new ArrayList<>();
    ask(request, answers::add);
    world.run(1);
    return answers.stream().findFirst();
  }

  /** What others keep outside their store is kept outside this one's, as by copying a machine. */
  public void copyOutside(SimTwins other) {
    witnesses = new TreeMap<>(other.witnesses);
  }

  /** What operators were told. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
