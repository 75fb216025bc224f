package dev.holdfast.bpv7.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * One end of a pair of sessions: what the edge does around a session, in memory and in any order.
 */
final class Side {
  final TcpclSession session;

  /** Written by the session, not yet taken by the connection. */
  final Deque<Octets> unwritten = new ArrayDeque<>();

  /** Taken by the connection, not yet read by the other side. */
  final Deque<Octets> pipe = new ArrayDeque<>();

  final Deque<TcpclOutput.NeedData> wanted = new ArrayDeque<>();
  final Deque<TransferId> undecided = new ArrayDeque<>();
  final Map<TransferId, List<Octets>> arriving = new LinkedHashMap<>();
  final Map<Long, Integer> arrived = new TreeMap<>();
  final Map<Long, TcpclOutput> settled = new TreeMap<>();
  final List<TcpclOutput> broken = new ArrayList<>();
  Optional<String> closed = Optional.empty();
  int pipeBytes;
  int mostUnwritten;
  int accepted;
  int finalAcks;

  private final TcpclParameters own;

  Side(TcpclParameters own) {
    this.own = own;
    session = new TcpclSession(own);
  }

  /** Byte {@code offset} of the bundle with number {@code token}. */
  static byte content(long token, long offset) {
    return (byte) (token * 31 + offset * 7 + (offset >> 8));
  }

  static Octets content(long token, long offset, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = content(token, offset + i);
    }
    return Octets.wrap(bytes);
  }

  void on(long now, TcpclInput input) {
    for (TcpclOutput output : session.on(now, input)) {
      assertThat(closed).as("nothing after the end: %s", output).isEmpty();
      switch (output) {
        case TcpclOutput.Write(var parts, int size) -> {
          assertThat(Octets.concat(parts).size()).isEqualTo(size);
          unwritten.addAll(parts);
          mostUnwritten = Math.max(mostUnwritten, unwritten.stream().mapToInt(Octets::size).sum());
        }
        case TcpclOutput.PeerKnown _ -> {
          on(now, new TcpclInput.Admit(own));
          on(now, new TcpclInput.Received(Octets.EMPTY));
        }
        case TcpclOutput.NeedData need -> wanted.add(need);
        case TcpclOutput.TransferStarted(var id, var _) -> arriving.put(id, new ArrayList<>());
        case TcpclOutput.TransferData(var id, var octets) -> data(id).add(octets);
        case TcpclOutput.TransferEnded(var id, long length) -> {
          Octets all = Octets.concat(data(id));
          assertThat((long) all.size()).isEqualTo(length);
          arriving.remove(id);
          undecided.add(id);
          // The first eight bytes say which bundle it is.
          long token = MessageReader.u64(all, 0);
          assertThat(all.from(8)).isEqualTo(content(token, 8, all.size() - 8));
          arrived.merge(token, 1, Integer::sum);
        }
        case TcpclOutput.TransferAborted(var id) -> arriving.remove(id);
        case TcpclOutput.TransferAcked(long token, long _, boolean last) -> {
          if (last) {
            settle(token, output);
            finalAcks++;
          }
        }
        case TcpclOutput.TransferRefused refused -> settle(refused.token(), output);
        case TcpclOutput.TransferLost lost -> settle(lost.token(), output);
        case TcpclOutput.CloseConnection(String cause) -> closed = Optional.of(cause);
        case TcpclOutput.Violation _, TcpclOutput.Rejected _ -> broken.add(output);
        case TcpclOutput.Established _,
            TcpclOutput.StartTls _,
            TcpclOutput.TransferSent _,
            TcpclOutput.Terminated _ -> {}
      }
    }
  }

  private List<Octets> data(TransferId id) {
    List<Octets> data = arriving.get(id);
    assertThat(data).as("transfer %s is under way", id).isNotNull();
    return data == null ? List.of() : data;
  }

  private void settle(long token, TcpclOutput how) {
    assertThat(settled.put(token, how)).as("bundle %s is settled once", token).isNull();
  }

  /** Moves up to {@code most} bytes from the session to the connection, which holds so many. */
  void write(long now, int most, int capacity) {
    int room = Math.min(most, capacity - pipeBytes);
    long taken = 0;
    while (room > 0 && !unwritten.isEmpty()) {
      Octets first = unwritten.remove();
      if (first.size() > room) {
        unwritten.addFirst(first.from(room));
        first = first.slice(0, room);
      }
      pipe.add(first);
      taken += first.size();
      room -= first.size();
    }
    pipeBytes += (int) taken;
    if (taken > 0) {
      on(now, new TcpclInput.Written(taken));
    }
  }

  /** Reads up to {@code most} bytes that the other side wrote. */
  void read(long now, Side other, int most) {
    List<Octets> parts = new ArrayList<>();
    int left = Math.min(most, other.pipeBytes);
    other.pipeBytes -= left;
    while (left > 0) {
      Octets first = other.pipe.remove();
      if (first.size() > left) {
        other.pipe.addFirst(first.from(left));
        first = first.slice(0, left);
      }
      parts.add(first);
      left -= first.size();
    }
    if (!parts.isEmpty()) {
      on(now, new TcpclInput.Received(Octets.concat(parts)));
    }
  }

  /** Answers a wish for data, wholly or in part. */
  void answer(long now, RandomGenerator random) {
    TcpclOutput.NeedData need = wanted.poll();
    if (need != null) {
      int size = 1 + random.nextInt(need.maxBytes());
      on(now, new TcpclInput.Data(need.token(), bundle(need.token(), need.offset(), size)));
    }
  }

  /** A bundle begins with its number. */
  static Octets bundle(long token, long offset, int size) {
    byte[] bytes = content(token, offset, size).toByteArray();
    for (long i = offset; i < Math.min(8, offset + size); i++) {
      bytes[(int) (i - offset)] = (byte) (token >>> (56 - 8 * i));
    }
    return Octets.wrap(bytes);
  }

  /** Decides about the bundle that ended first, or about any. */
  void decide(long now) {
    TransferId id = undecided.poll();
    if (id != null) {
      accepted++;
      on(now, new TcpclInput.Accepted(id));
    }
  }
}
