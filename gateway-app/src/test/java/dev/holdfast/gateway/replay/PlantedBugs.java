package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.sim.Flaws;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bugs that a gateway could have, each as a way to run nodes wrongly. */
enum PlantedBugs {
  /** An acknowledgement leaves before the batch is in the store. */
  ACKNOWLEDGES_BEFORE_SYNC(Ledger.CUSTODY) {
    @Override
    Flaws in(Flaws well) {
      return new Wrong(well) {
        @Override
        public boolean speaksFirst() {
          return true;
        }
      };
    }
  },
  /** What was delivered is not remembered. */
  FORGETS_TOMBSTONES(DeliveryRules.DELIVERY) {
    @Override
    Flaws in(Flaws well) {
      return changing(well, c -> c instanceof StoreChange.Remember ? Stream.of() : Stream.of(c));
    }
  },
  /** The second part of a bundle is not held. */
  LOSES_FRAGMENTS(Ledger.CUSTODY) {
    @Override
    Flaws in(Flaws well) {
      return changing(well, c -> isLaterFragment(c) ? Stream.of() : Stream.of(c));
    }
  },
  /** A contact is taken to carry twice as much as it does. */
  MISCOUNTS_VOLUME(SendRules.VOLUME) {
    @Override
    Flaws in(Flaws well) {
      return planning(well, c -> contact(c, c.end(), 2 * c.bytesPerSecond()));
    }
  },
  /** A contact is taken to last longer than it does. */
  SENDS_AFTER_CONTACTS(SendRules.CONTACT, SendRules.VOLUME) {
    @Override
    Flaws in(Flaws well) {
      return planning(well, c -> contact(c, c.end().plus(120_000), c.bytesPerSecond()));
    }
  },
  /** The time that a bundle was held is not added to its age. */
  DOES_NOT_AGE(ArrivalRules.AGE) {
    @Override
    Flaws in(Flaws well) {
      return new Wrong(well) {
        @Override
        public GatewayClock clock(GatewayClock clock) {
          return new Stopped(clock);
        }
      };
    }
  },
  /** Durations are measured on the wall clock. */
  TIMES_BY_THE_WALL(Ledger.CUSTODY, ArrivalRules.AGE) {
    @Override
    Flaws in(Flaws well) {
      return seeing(
          well,
          m ->
              new Moment(
                  Math.max(0, m.wall().since(new DtnTime(820_000_000_000L))) * 1_000_000,
                  m.wall(),
                  m.wallErrorMillis(),
                  m.trusted()));
    }
  },
  /** A wall clock that says it cannot be trusted is trusted. */
  TRUSTS_ANY_CLOCK(Ledger.CUSTODY, SendRules.CONTACT, SendRules.VOLUME) {
    @Override
    Flaws in(Flaws well) {
      return seeing(well, m -> new Moment(m.bootNanos(), m.wall(), 0, true));
    }
  },
  /** A bundle that is handed out again is not said to be. */
  HIDES_REPETITIONS(DeliveryRules.DELIVERY) {
    @Override
    Flaws in(Flaws well) {
      return new Wrong(well) {
        @Override
        public Effect said(Effect effect) {
          return effect instanceof Effect.Reply(var id, Answer.Fetched(var deliveries))
              ? new Effect.Reply(
                  id,
                  new Answer.Fetched(
                      deliveries.stream()
                          .map(d -> new Answer.Delivery(d.bundle(), false))
                          .toList()))
              : effect;
        }
      };
    }
  },
  /** A transfer that failed counts as confirmed. */
  TAKES_FAILURE_FOR_CONFIRMATION(Ledger.CUSTODY) {
    @Override
    Flaws in(Flaws well) {
      return new Wrong(well) {
        @Override
        public NodeEvent heard(NodeEvent event) {
          return event
                      instanceof
                      NodeEvent.FromLink(
                          LinkEvent.Failed(var link, var token, LinkEvent.Cause cause))
                  && cause == LinkEvent.Cause.LOST
              ? new NodeEvent.FromLink(new LinkEvent.Confirmed(link, token))
              : event;
        }
      };
    }
  },
  /** A byte of what is held changes. */
  ALTERS_PAYLOADS(DeliveryRules.CONTENT) {
    @Override
    Flaws in(Flaws well) {
      return changing(well, c -> Stream.of(altered(c)));
    }
  };

  private final List<String> rules;

  PlantedBugs(String... rules) {
    this.rules = List.of(rules);
  }

  /** The rules of which it breaks one. */
  List<String> rules() {
    return rules;
  }

  /** Nodes that are run well but for this. */
  abstract Flaws in(Flaws well);

  private static class Wrong implements Flaws {
    private final Flaws well;

    Wrong(Flaws well) {
      this.well = well;
    }

    @Override
    public long syncNanos() {
      return well.syncNanos();
    }
  }

  /** Shows for ever the time at which it was first asked. */
  private static final class Stopped implements GatewayClock {
    private final GatewayClock clock;

    Stopped(GatewayClock clock) {
      this.clock = clock;
    }

    @Override
    public Moment now() {
      Moment now = clock.now();
      return new Moment(0, now.wall(), now.wallErrorMillis(), now.trusted());
    }

    @Override
    public long bootId() {
      return clock.bootId();
    }
  }

  private static Flaws seeing(Flaws well, UnaryOperator<Moment> how) {
    return new Wrong(well) {
      @Override
      public Moment seen(Moment now) {
        return how.apply(now);
      }
    };
  }

  private static Flaws planning(Flaws well, UnaryOperator<Contact> how) {
    return new Wrong(well) {
      @Override
      public NodeEvent heard(NodeEvent event) {
        return event instanceof NodeEvent.PlanLoaded(ContactPlan plan)
            ? new NodeEvent.PlanLoaded(
                ContactPlan.of(plan.version(), plan.contacts().stream().map(how).toList()))
            : event;
      }
    };
  }

  private static Contact contact(Contact c, DtnTime end, long rate) {
    return Contact.of(c.from(), c.to(), c.start(), end, rate, c.owltMillis());
  }

  private static Flaws changing(Flaws well, Function<StoreChange, Stream<StoreChange>> how) {
    return new Wrong(well) {
      @Override
      public BundleStore over(BundleStore store) {
        return (BundleStore)
            Proxy.newProxyInstance(
                PlantedBugs.class.getClassLoader(),
                new Class<?>[] {BundleStore.class},
                (proxy, method, arguments) -> {
                  Object[] passed = arguments == null ? new Object[0] : arguments.clone();
                  if (method.getName().equals("commit")) {
                    passed[0] =
                        ((List<?>) passed[0])
                            .stream().map(StoreChange.class::cast).flatMap(how).toList();
                  }
                  try {
                    return method.invoke(store, passed);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
      }
    };
  }

  private static boolean isLaterFragment(StoreChange change) {
    return change instanceof StoreChange.Put put
        && put.bundle().id().extent().map(BundleId.Extent::offset).orElse(0L) > 0;
  }

  private static StoreChange altered(StoreChange change) {
    if (change instanceof StoreChange.Put put
        && put.payload() instanceof Payload.Inline(Octets bytes)
        && bytes.size() > 20) {
      byte[] copy = bytes.toByteArray();
      copy[20] ^= 1;
      return new StoreChange.Put(
          put.bundle(), put.head(), new Payload.Inline(Octets.wrap(copy)), put.trailer());
    }
    return change;
  }
}
