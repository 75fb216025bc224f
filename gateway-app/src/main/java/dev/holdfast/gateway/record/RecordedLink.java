package dev.holdfast.gateway.record;

import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import java.util.List;

/** A link of which the recorder is told what it is given. */
record RecordedLink(Link link, LinkRecorder recorder) implements Link {
  @Override
  public LinkId id() {
    return link.id();
  }

  @Override
  public Confirmation confirmation() {
    return link.confirmation();
  }

  @Override
  public void open(OpenOrder order) {
    recorder.opening(link.id(), order.bytesPerSecond());
    link.open(order);
  }

  @Override
  public void close(CloseOrder order) {
    link.close(order);
  }

  @Override
  public void send(Outbound bundle) {
    recorder.sending(link.id(), bundle);
    link.send(bundle);
  }

  @Override
  public void accept(List<Inbound> inbound) {
    link.accept(inbound);
  }

  @Override
  public void refuse(Inbound inbound, Refusal refusal) {
    link.refuse(inbound, refusal);
  }

  @Override
  public void close() {
    link.close();
  }
}
