package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.TransferId;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.BundleReception;
import dev.holdfast.gateway.link.stream.LinkServices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The bundles of one session that are coming in. Steps 1 and 2 of 9. On the session's reading
 * thread only.
 */
final class Arrivals {
  private final LinkServices services;
  private final LinkId link;
  private final long session;
  private final ReadOptions reading;
  private final Consumer<TcpclInput> answers;
  private final Map<TransferId, BundleReception> coming = new LinkedHashMap<>();

  /**
   * None so far.
   *
   * @param answers takes the refusals of what is no bundle or has no room
   */
  Arrivals(
      LinkServices services,
      LinkId link,
      long session,
      ReadOptions reading,
      Consumer<TcpclInput> answers) {
    this.services = services;
    this.link = link;
    this.session = session;
    this.reading = reading;
    this.answers = answers;
  }

  void started(TcpclOutput.TransferStarted started) {
    Inbound inbound = new Inbound(link, session, started.id().number());
    coming.put(
        started.id(), new BundleReception(services, inbound, reading, this::refuseForLackOfRoom));
  }

  void data(TcpclOutput.TransferData data) {
    BundleReception reception = coming.get(data.id());
    if (reception != null && refused(data.id(), reception.take(data.octets()))) {
      coming.remove(data.id());
    }
  }

  void ended(TcpclOutput.TransferEnded ended) {
    BundleReception reception = coming.remove(ended.id());
    if (reception != null) {
      boolean _ = refused(ended.id(), reception.end());
    }
  }

  void aborted(TcpclOutput.TransferAborted aborted) {
    BundleReception reception = coming.remove(aborted.id());
    if (reception != null) {
      reception.abort();
    }
  }

  /** The session is over. */
  void abortAll() {
    coming.values().forEach(BundleReception::abort);
    coming.clear();
  }

  private boolean refused(TransferId id, Optional<Fault> fault) {
    fault.ifPresent(
        _ -> answers.accept(new TcpclInput.Refused(id, XferRefuseReason.NOT_ACCEPTABLE)));
    return fault.isPresent();
  }

  private void refuseForLackOfRoom(Inbound inbound) {
    TransferId id = new TransferId(inbound.transfer());
    answers.accept(new TcpclInput.Refused(id, XferRefuseReason.NO_RESOURCES));
  }
}
