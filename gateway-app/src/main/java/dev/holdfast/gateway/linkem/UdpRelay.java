package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.linkem.Transmitter.Passage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP half of a relay. Each client address is a flow with a socket of its own to the far end.
 */
final class UdpRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpRelay.class);
  private static final int LARGEST_DATAGRAM = 65_535;

  private final Emulation emulation;
  private final DatagramChannel near;
  private final DelayLine<Datagram> forward;
  private final DelayLine<Datagram> backward;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<SocketAddress, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);
  private final List<Thread> threads = new ArrayList<>();
  private long flowNumbers;

  private record Datagram(Flow flow, ByteBuffer bytes) {}

  /** What is known of a client; the packet counts are touched by one thread each. */
  private static final class Flow {
    final long number;
    final SocketAddress client;
    final DatagramChannel far;
    long forwardPackets;
    long backwardPackets;

    Flow(long number, SocketAddress client, DatagramChannel far) {
      this.number = number;
      this.client = client;
      this.far = far;
    }

    long nextPacket(LinkDirection direction) {
      return switch (direction) {
        case FORWARD -> forwardPackets++;
        case BACKWARD -> backwardPackets++;
      };
    }
  }

  UdpRelay(Emulation emulation, InetSocketAddress listen) throws IOException {
    this.emulation = emulation;
    this.near = DatagramChannel.open();
    try {
      near.bind(listen);
    } catch (IOException inUse) {
      near.close();
      throw inUse;
    }
    long capacity = emulation.limits().bufferBytes();
    forward = new DelayLine<>(emulation.time(), capacity);
    backward = new DelayLine<>(emulation.time(), capacity);
  }

  void start() {
    threads.add(Thread.ofVirtual().name("linkem-udp").start(this::receiveNear));
    threads.add(Thread.ofVirtual().name("linkem-udp-forward").start(this::deliverForward));
    threads.add(Thread.ofVirtual().name("linkem-udp-backward").start(this::deliverBackward));
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    closeQuietly(near);
    lock.lock();
    try {
      flows.values().forEach(flow -> closeQuietly(flow.far));
      flows.clear();
    } finally {
      lock.unlock();
    }
  }

  private void receiveNear() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
    while (near.isOpen()) {
      try {
        SocketAddress client = near.receive(buffer.clear());
        Flow flow = flowOf(client);
        send(LinkDirection.FORWARD, flow, copyOf(buffer.flip()), forward);
      } catch (ClosedChannelException closing) {
        return;
      } catch (IOException e) {
        LOG.debug("datagram from a client: {}", e.getMessage());
      }
    }
  }

  private void receiveFar(Flow flow) {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
    while (flow.far.isOpen()) {
      try {
        flow.far.read(buffer.clear());
        send(LinkDirection.BACKWARD, flow, copyOf(buffer.flip()), backward);
      } catch (PortUnreachableException nobodyThere) {
        // A datagram of ours reached no one; UDP does not tell the client either.
        LOG.debug("nobody at {}", emulation.settings().connect());
      } catch (ClosedChannelException closing) {
        return;
      } catch (IOException e) {
        LOG.debug("datagram from the far end: {}", e.getMessage());
      }
    }
  }

  private void send(
      LinkDirection direction, Flow flow, ByteBuffer bytes, DelayLine<Datagram> line) {
    Tally.Side tally = emulation.tally().side(direction);
    tally.datagramsTaken.increment();
    long packet = flow.nextPacket(direction);
    SharedTransmitter transmitter = emulation.transmitter(direction);
    if (transmitter.backlogNanos() > emulation.limits().datagramQueueNanos()) {
      tally.datagramsDropped.increment();
      return;
    }
    int size = Math.max(1, bytes.remaining());
    switch (transmitter.send(size)) {
      case Passage.Closed _ -> tally.datagramsOutside.increment();
      case Passage.Departs departs -> {
        double probability = departs.window().quality().loss();
        if (departs.bytes() < size) {
          tally.datagramsOutside.increment();
        } else if (departs.departedAt() > departs.usefulUntil()
            || emulation.loss().isLost(flow.number, direction, packet, 0, probability)) {
          tally.datagramsLost.increment();
        } else if (!line.offer(new Datagram(flow, bytes), size, departs.arrivesAt())) {
          tally.datagramsDropped.increment();
        }
      }
    }
  }

  private void deliverForward() {
    try {
      while (near.isOpen()) {
        Datagram datagram = forward.take();
        try {
          datagram.flow.far.write(datagram.bytes);
          emulation.tally().side(LinkDirection.FORWARD).datagramsDelivered.increment();
        } catch (IOException e) {
          LOG.debug("datagram to the far end: {}", e.getMessage());
        }
      }
    } catch (InterruptedException closing) {
      forward.abandon();
    }
  }

  private void deliverBackward() {
    try {
      while (near.isOpen()) {
        Datagram datagram = backward.take();
        try {
          near.send(datagram.bytes, datagram.flow.client);
          emulation.tally().side(LinkDirection.BACKWARD).datagramsDelivered.increment();
        } catch (IOException e) {
          LOG.debug("datagram to a client: {}", e.getMessage());
        }
      }
    } catch (InterruptedException closing) {
      backward.abandon();
    }
  }

  private Flow flowOf(SocketAddress client) throws IOException {
    lock.lock();
    try {
      Flow known = flows.get(client);
      if (known != null) {
        return known;
      }
      if (flows.size() >= emulation.limits().flows()) {
        closeQuietly(flows.pollFirstEntry().getValue().far);
      }
      DatagramChannel far = DatagramChannel.open().connect(emulation.settings().connect());
      Flow flow = new Flow(++flowNumbers, client, far);
      flows.put(client, flow);
      Thread.ofVirtual().name("linkem-udp-" + flow.number).start(() -> receiveFar(flow));
      return flow;
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static void closeQuietly(DatagramChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      LOG.debug("closing a socket: {}", alreadyGone.getMessage());
    }
  }
}
