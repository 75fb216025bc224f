package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclSession;
import dev.holdfast.bpv7.tcpcl.TransferId;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.link.tcpcl.Causes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One TCPCLv4 session of one end, over one connection. */
final class TcpclTalk {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TcpclEnd end;
  private final long number;
  private final TcpclParameters parameters;
  private final TcpclSession session;
  private final SimTime time;
  private final Map<TransferId, Incoming> incoming = new LinkedHashMap<>();
  private final ByteStream.Near near =
      new ByteStream.Near() {
        @Override
        void written(long bytes) {
          on(new TcpclInput.Written(bytes));
        }

        @Override
        void gaveUp() {
          on(new TcpclInput.ConnectionLost());
        }
      };
  private final ByteStream.Far far =
      new ByteStream.Far() {
        @Override
        void read(Octets octets) {
          on(new TcpclInput.Received(octets));
        }

        @Override
        void ended() {
          on(new TcpclInput.ConnectionLost());
        }
      };
  private Optional<ByteStream> out = Optional.empty();
  private Optional<TcpclTalk> peer = Optional.empty();
  private boolean up;
  private boolean over;
  private long tickAt = Long.MAX_VALUE;

  TcpclTalk(TcpclEnd end, long number, TcpclParameters parameters) {
    this.end = end;
    this.number = number;
    this.parameters = parameters;
    this.session = new TcpclSession(parameters);
    this.time = end.place().time();
  }

  /** What is written here is read there. */
  void join(TcpclTalk other) {
    peer = Optional.of(other);
    out = Optional.of(new ByteStream(time, end.place().out(), near, other.far));
  }

  long number() {
    return number;
  }

  /** One turn of the session. */
  void on(TcpclInput input) {
    if (over) {
      return;
    }
    time.called();
    for (TcpclOutput output : session.on(time.nanos() / NANOS_PER_MILLI, input)) {
      perform(output);
    }
    wake();
  }

  private void wake() {
    OptionalLong next = session.nextDeadline();
    if (over || next.isEmpty() || next.getAsLong() >= tickAt) {
      return;
    }
    tickAt = next.getAsLong();
    time.at(tickAt * NANOS_PER_MILLI, this::tick);
  }

  private void tick() {
    if (time.nanos() / NANOS_PER_MILLI >= tickAt) {
      tickAt = Long.MAX_VALUE;
      on(new TcpclInput.Tick());
    }
  }

  private void perform(TcpclOutput output) {
    switch (output) {
      case TcpclOutput.Write(var parts, int _) ->
          out.ifPresent(stream -> stream.write(Octets.concat(parts)));
      case TcpclOutput.PeerKnown _ -> on(new TcpclInput.Admit(parameters));
      case TcpclOutput.Established(var known) -> {
        up = true;
        end.established(known);
      }
      case TcpclOutput.TransferStarted(var id, var _) -> incoming.put(id, new Incoming());
      case TcpclOutput.TransferData(var id, var octets) ->
          Optional.ofNullable(incoming.get(id)).ifPresent(bundle -> bundle.add(octets));
      case TcpclOutput.TransferEnded(var id, long _) -> ended(id);
      case TcpclOutput.TransferAborted(var id) -> incoming.remove(id);
      case TcpclOutput.TransferSent(long token) ->
          tell(new LinkEvent.Sent(end.id(), new TransferToken(token)));
      case TcpclOutput.TransferAcked(long token, long _, boolean last) -> {
        if (last) {
          tell(new LinkEvent.Confirmed(end.id(), new TransferToken(token)));
        }
      }
      case TcpclOutput.TransferRefused(long token, var reason, long _) ->
          failed(token, Causes.of(reason));
      case TcpclOutput.TransferLost(long token, var cause, long _) ->
          failed(token, Causes.of(cause));
      case TcpclOutput.Violation(var fault) -> tell(new LinkEvent.Violated(end.id(), fault));
      case TcpclOutput.CloseConnection(String cause) -> close(cause);
      case TcpclOutput.Rejected _, TcpclOutput.Terminated _ -> {}
      case TcpclOutput.NeedData _, TcpclOutput.StartTls _ ->
          throw new IllegalStateException("bundles are given whole, in the clear: " + output);
    }
  }

  private void tell(LinkEvent event) {
    end.owner().happen(event);
  }

  private void ended(TransferId id) {
    Incoming bundle = incoming.remove(id);
    if (bundle == null) {
      return;
    }
    LinkEvent event = bundle.event(new Inbound(end.id(), number, id.number()));
    tell(event);
    if (event instanceof LinkEvent.Malformed) {
      on(new TcpclInput.Refused(id, XferRefuseReason.NOT_ACCEPTABLE));
    }
  }

  private void failed(long token, LinkEvent.Cause cause) {
    tell(new LinkEvent.Failed(end.id(), new TransferToken(token), cause));
  }

  private void close(String cause) {
    over = true;
    out.ifPresent(ByteStream::finish);
    end.ended(this, up, cause);
  }

  /** Writes bytes that are no part of the session. */
  void inject(Octets bytes) {
    out.ifPresent(stream -> stream.inject(bytes));
  }

  /** The process is gone: its machine answers the next segment with a reset. */
  void vanish() {
    over = true;
    out.ifPresent(ByteStream::breakOff);
    peer.ifPresent(
        p -> {
          p.out.ifPresent(ByteStream::breakOff);
          time.after(end.place().out().lightNanos(), () -> p.on(new TcpclInput.ConnectionLost()));
        });
  }

  /** The connection is reset at both ends. */
  void reset() {
    out.ifPresent(ByteStream::breakOff);
    peer.flatMap(p -> p.out).ifPresent(ByteStream::breakOff);
    time.after(0, () -> on(new TcpclInput.ConnectionLost()));
    peer.ifPresent(p -> time.after(0, () -> p.on(new TcpclInput.ConnectionLost())));
  }
}
