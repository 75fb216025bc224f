package dev.holdfast.it.determinism;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two nodes over a lossy, doubling link with contacts, a crash in the middle, bundles both ways;
 * prints the hash of all that happened.
 */
final class LossyRun {
  private LossyRun() {}

  /** The seed is the first argument. */
  public static void main(String[] args) {
    System.out.println(hash(Long.parseLong(args[0])));
  }

  static String hash(long seed) {
    SimWorld world = new SimWorld(seed);
    SimNode a = world.add("a", settings(1, 2));
    SimNode b = world.add("b", settings(2, 1));
    Channel channel = new Channel(800_000_000, 50_000, 0.03);
    SimWorld.Wire wire =
        world.join(
            SimProtocol.IDEAL,
            new SimWorld.End(a, new LinkId("to-2"), channel),
            new SimWorld.End(b, new LinkId("to-1"), channel));
    wire.forth().disturb("doubling", Disturbance.duplication(0.05));
    wire.back().disturb("doubling", Disturbance.duplication(0.05));
    world.start(plan());
    for (int i = 0; i < 300; i++) {
      (i % 3 == 0 ? b : a).ask(submit(i % 3 == 0 ? 2 : 1, i % 3 == 0 ? 1 : 2, i));
      world.run(1_000);
      if (i == 150) {
        b.crash(true);
      }
    }
    world.run(600_000);
    long lines = world.log().lines();
    return world.log().hash() + " " + lines + " events, held " + held(a) + " and " + held(b);
  }

  private static long held(SimNode node) {
    return node.store().stats().bundles();
  }

  private static ContactPlan plan() {
    List<Contact> contacts = new ArrayList<>();
    for (int start = 20; start < 900; start += 60) {
      for (int from = 1; from <= 2; from++) {
        contacts.add(
            Contact.of(
                NodeNumber.of(from),
                NodeNumber.of(3 - from),
                SimWorld.START.plus(start * 1000L),
                SimWorld.START.plus((start + 40) * 1000L),
                50_000,
                800));
      }
    }
    return ContactPlan.of(1, contacts);
  }

  private static NodeSettings settings(int node, int other) {
    return new NodeSettings(
        List.of(NodeId.ipn(node)),
        List.of(
            new LinkSettings(
                new LinkId("to-" + other),
                Optional.of(NodeId.ipn(other)),
                LinkSettings.Schedule.PLAN,
                0,
                Link.Confirmation.STORED,
                false,
                64L << 20)),
        List.of(),
        List.of(),
        List.of(),
        new NodeSettings.ReportSettings(-1, 100),
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT,
        224);
  }

  private static Request.Submit submit(int from, int to, int i) {
    byte[] payload = new byte[100 + i * 173 % 90_000];
    return new Request.Submit(
        IpnEid.of(to, 5),
        Optional.of(IpnEid.of(from, 5)),
        3_600_000,
        new Request.Service(TrafficClass.values()[i % 4], i % 7, false, i % 11 == 0, true, 16),
        Request.Reports.NONE,
        new Payload.Inline(Octets.wrap(payload)),
        Optional.empty());
  }
}
