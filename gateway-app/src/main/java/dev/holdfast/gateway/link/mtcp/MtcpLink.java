package dev.holdfast.gateway.link.mtcp;

import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.stream.BackOff;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.Mailbox;
import dev.holdfast.gateway.link.stream.RateMeter;
import java.util.List;
import java.util.Optional;

/**
 * The way to one neighbour over MTCP: dials it while the contact is open and sends, one bundle
 * after the other. That a bundle left is all that is ever known of it. Step 6 of 9, the part with
 * sockets.
 *
 * <p>Its state belongs to the thread of its mailbox.
 */
public final class MtcpLink implements Link {
  /** Nothing says how much a neighbour takes; a length has to be one. */
  private static final long ANY_LENGTH = 1L << 62;

  /** Bundles given to the connection ahead of what it has written. */
  private static final int IN_FLIGHT = 64;

  private final MtcpLinkSettings settings;
  private final LinkServices services;
  private final Mailbox mailbox;
  private final RateMeter meter;
  private final BackOff backOff;
  private Optional<MtcpSender> sender = Optional.empty();
  private boolean open;
  private boolean closed;
  private boolean dialling;
  private int attempts;
  private long dialAt;
  private long drainedAt = Long.MAX_VALUE;

  /** A link that is not open. */
  public MtcpLink(MtcpLinkSettings settings, LinkServices services) {
    this.settings = settings;
    this.services = services;
    this.mailbox = new Mailbox(services);
    this.meter = new RateMeter(services.clock());
    this.backOff = new BackOff(settings.backOffFirstMillis(), settings.backOffMaxMillis());
    mailbox.start("link " + settings.id(), this::deadline, this::due);
  }

  @Override
  public LinkId id() {
    return settings.id();
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.NONE;
  }

  @Override
  public void open(OpenOrder order) {
    post(() -> opened(order));
  }

  @Override
  public void close(CloseOrder order) {
    post(() -> closed(order.drainMillis()));
  }

  @Override
  public void send(Outbound bundle) {
    post(() -> sent(bundle));
  }

  /** Nothing comes in by this link. */
  @Override
  public void accept(List<Inbound> inbound) {}

  /** Nothing comes in by this link. */
  @Override
  public void refuse(Inbound inbound, Refusal refusal) {}

  @Override
  public void close() {
    post(
        () -> {
          closed = true;
          closed(0);
          endIfClosed();
        });
  }

  /** After {@link #close()} there is nothing to be done. */
  private void post(Runnable task) {
    boolean _ = mailbox.post(task);
  }

  private void opened(OpenOrder order) {
    if (closed) {
      return;
    }
    meter.rate(order.bytesPerSecond());
    if (!open) {
      open = true;
      attempts = 0;
      backOff.reset();
      dialAt = services.nowMillis();
      dialIfWanted();
    }
  }

  private void closed(long drainMillis) {
    open = false;
    meter.rate(0);
    drainedAt = services.nowMillis() + drainMillis;
    sender.ifPresent(MtcpSender::finish);
    due();
  }

  private long deadline() {
    long drained = sender.isPresent() ? drainedAt : Long.MAX_VALUE;
    return wantsToDial() ? Math.min(drained, dialAt) : drained;
  }

  private void due() {
    if (services.nowMillis() >= drainedAt) {
      drainedAt = Long.MAX_VALUE;
      sender.ifPresent(MtcpSender::abandon);
    }
    dialIfWanted();
  }

  private boolean wantsToDial() {
    return open && !dialling && sender.isEmpty();
  }

  private void dialIfWanted() {
    if (wantsToDial() && services.nowMillis() >= dialAt) {
      dialling = true;
      settings.dial().dial(services, outcome -> post(() -> dialled(outcome)));
    }
  }

  private void dialled(Dialer.Outcome outcome) {
    dialling = false;
    switch (outcome) {
      case Dialer.Outcome.Connected connected -> {
        if (open) {
          connected(connected);
        } else {
          connected.abandon();
        }
      }
      case Dialer.Outcome.Failed(String reason) -> {
        dialAt = services.nowMillis() + backOff.nextMillis();
        if (open) {
          attempts++;
          services.sink().offer(new LinkEvent.Unreached(id(), attempts, reason));
        }
      }
    }
    endIfClosed();
  }

  private void connected(Dialer.Outcome.Connected connected) {
    attempts = 0;
    drainedAt = Long.MAX_VALUE;
    MtcpSender next =
        new MtcpSender(
            services, id(), connected.channel(), meter, reason -> post(() -> ended(reason)));
    sender = Optional.of(next);
    LinkEvent.Limits limits = new LinkEvent.Limits(ANY_LENGTH, IN_FLIGHT);
    services.sink().offer(new LinkEvent.Up(id(), Optional.empty(), limits));
    next.start();
  }

  /** The connection is over, and everything given to it has been told of. */
  private void ended(String reason) {
    sender = Optional.empty();
    services.sink().offer(new LinkEvent.Down(id(), reason));
    dialAt = services.nowMillis() + backOff.nextMillis();
    dialIfWanted();
    endIfClosed();
  }

  private void endIfClosed() {
    if (closed && sender.isEmpty() && !dialling) {
      mailbox.close();
    }
  }

  private void sent(Outbound bundle) {
    if (!open || sender.isEmpty() || !sender.get().send(bundle)) {
      services.sink().offer(new LinkEvent.Failed(id(), bundle.token(), LinkEvent.Cause.LOST));
    }
  }
}
