package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;

/** All who look on at a world, told in the order in which they came. */
final class Watches extends Watch {
  private final List<Watch> all = new ArrayList<>();

  void add(Watch watch) {
    all.add(watch);
  }

  @Override
  public void submitting(SimNode node, long number, Request.Submit submit) {
    for (Watch watch : all) {
      watch.submitting(node, number, submit);
    }
  }

  @Override
  public void submitted(SimNode node, long number, BundleId id) {
    for (Watch watch : all) {
      watch.submitted(node, number, id);
    }
  }

  @Override
  public void refused(SimNode node, long number, Answer.Refused refusal) {
    for (Watch watch : all) {
      watch.refused(node, number, refusal);
    }
  }

  @Override
  public void committed(SimNode node, List<StoreChange> changes) {
    for (Watch watch : all) {
      watch.committed(node, changes);
    }
  }

  @Override
  public void accepting(SimNode node, Inbound inbound) {
    for (Watch watch : all) {
      watch.accepting(node, inbound);
    }
  }

  @Override
  public void refusing(SimNode node, Inbound inbound) {
    for (Watch watch : all) {
      watch.refusing(node, inbound);
    }
  }

  @Override
  public void sending(SimNode node, Effect.Transmit transmit, Moment decided) {
    for (Watch watch : all) {
      watch.sending(node, transmit, decided);
    }
  }

  @Override
  public void arriving(SimNode node, LinkEvent.Arrived arrived) {
    for (Watch watch : all) {
      watch.arriving(node, arrived);
    }
  }

  @Override
  public void fetched(SimNode node, HeldBundle bundle, boolean repeated) {
    for (Watch watch : all) {
      watch.fetched(node, bundle, repeated);
    }
  }

  @Override
  public void acknowledging(SimNode node, HeldBundle bundle) {
    for (Watch watch : all) {
      watch.acknowledging(node, bundle);
    }
  }

  @Override
  public void acknowledged(SimNode node, HeldBundle bundle) {
    for (Watch watch : all) {
      watch.acknowledged(node, bundle);
    }
  }

  @Override
  public void noted(SimNode node, JournalEntry entry) {
    for (Watch watch : all) {
      watch.noted(node, entry);
    }
  }

  @Override
  public void turned(SimNode node) {
    for (Watch watch : all) {
      watch.turned(node);
    }
  }

  @Override
  public void crashed(SimNode node) {
    for (Watch watch : all) {
      watch.crashed(node);
    }
  }

  @Override
  public void restored(SimNode node) {
    for (Watch watch : all) {
      watch.restored(node);
    }
  }

  @Override
  public void ended(List<SimNode> nodes) {
    for (Watch watch : all) {
      watch.ended(nodes);
    }
  }

  @Override
  public void changed(Medium medium) {
    for (Watch watch : all) {
      watch.changed(medium);
    }
  }
}
