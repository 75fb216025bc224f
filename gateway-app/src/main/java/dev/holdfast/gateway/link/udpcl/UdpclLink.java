package dev.holdfast.gateway.link.udpcl;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.Mailbox;
import dev.holdfast.gateway.link.stream.OutboundBytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one neighbour over UDP, for bundles that are in memory and fit a datagram. That a
 * bundle left is all that is ever known of it. Step 6 of 9, the part with sockets.
 *
 * <p>Its state belongs to the thread of its mailbox.
 */
public final class UdpclLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(UdpclLink.class);

  /** What a datagram over IPv4 carries: 65,535 bytes without the heads of IP and UDP. */
  private static final int LONGEST = 65_507;

  private static final int IN_FLIGHT = 64;

  private final LinkId id;
  private final String host;
  private final int port;
  private final LinkServices services;
  private final Mailbox mailbox;
  private Optional<DatagramChannel> channel = Optional.empty();

  /** A link that is not open. */
  public UdpclLink(LinkId id, String host, int port, LinkServices services) {
    this.id = id;
    this.host = host;
    this.port = port;
    this.services = services;
    this.mailbox = new Mailbox(services);
    mailbox.start("link " + id, () -> Long.MAX_VALUE, () -> {});
  }

  @Override
  public LinkId id() {
    return id;
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.NONE;
  }

  @Override
  public void open(OpenOrder order) {
    boolean _ = mailbox.post(this::opened);
  }

  @Override
  public void close(CloseOrder order) {
    boolean _ = mailbox.post(() -> closed(order.reason()));
  }

  @Override
  public void send(Outbound bundle) {
    boolean _ = mailbox.post(() -> sent(bundle));
  }

  /** Nothing comes in by this link. */
  @Override
  public void accept(List<Inbound> inbound) {}

  /** Nothing comes in by this link. */
  @Override
  public void refuse(Inbound inbound, Refusal refusal) {}

  @Override
  public void close() {
    boolean _ =
        mailbox.post(
            () -> {
              closed("closed");
              mailbox.close();
            });
  }

  private void opened() {
    if (channel.isPresent()) {
      return;
    }
    try {
      channel = Optional.of(DatagramChannel.open().connect(new InetSocketAddress(host, port)));
      LinkEvent.Limits limits = new LinkEvent.Limits(LONGEST, IN_FLIGHT);
      services.sink().offer(new LinkEvent.Up(id, Optional.empty(), limits));
    } catch (IOException | RuntimeException e) {
      String reason = host + ":" + port + ": " + e;
      services.sink().offer(new LinkEvent.Unreached(id, 1, reason));
    }
  }

  private void closed(String reason) {
    if (channel.isPresent()) {
      try {
        channel.get().close();
      } catch (IOException e) {
        LOG.debug("closing {}: {}", id, e.getMessage());
      }
      channel = Optional.empty();
      services.sink().offer(new LinkEvent.Down(id, reason));
    }
  }

  private void sent(Outbound bundle) {
    services.sink().offer(outcome(bundle));
  }

  private LinkEvent outcome(Outbound bundle) {
    if (bundle.head().bundleLength() > LONGEST) {
      return new LinkEvent.Failed(id, bundle.token(), LinkEvent.Cause.NOT_ACCEPTABLE);
    }
    if (channel.isEmpty() || !(bundle.payload() instanceof Outbound.Source.Whole)) {
      return new LinkEvent.Failed(id, bundle.token(), LinkEvent.Cause.LOST);
    }
    try {
      Octets datagram = Octets.concat(new OutboundBytes(bundle).first());
      int _ = channel.get().write(datagram.asByteBuffer());
      return new LinkEvent.Sent(id, bundle.token());
    } catch (IOException e) {
      LOG.debug("sending to {}:{}: {}", host, port, e.getMessage());
      return new LinkEvent.Failed(id, bundle.token(), LinkEvent.Cause.LOST);
    }
  }
}
