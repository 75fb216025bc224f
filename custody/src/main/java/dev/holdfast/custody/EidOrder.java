package dev.holdfast.custody;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import java.util.Comparator;

/** A total order of endpoint ids that agrees with their equality, so that listings never change. */
final class EidOrder implements Comparator<Eid> {
  static final EidOrder BY_EID = new EidOrder();

  private EidOrder() {}

  @Override
  public int compare(Eid a, Eid b) {
    if (a instanceof IpnEid x && b instanceof IpnEid y) {
      int byNode = Long.compareUnsigned(x.qualifiedNode(), y.qualifiedNode());
      return byNode != 0 ? byNode : Long.compareUnsigned(x.service(), y.service());
    }
    if (a instanceof DtnEid x && b instanceof DtnEid y) {
      int byNode = x.nodeName().compareTo(y.nodeName());
      return byNode != 0 ? byNode : x.demux().compareTo(y.demux());
    }
    if (a instanceof UnknownEid x && b instanceof UnknownEid y) {
      int byScheme = Long.compareUnsigned(x.scheme(), y.scheme());
      return byScheme != 0 ? byScheme : x.specificPart().compareTo(y.specificPart());
    }
    return Integer.compare(rank(a), rank(b));
  }

  private static int rank(Eid eid) {
    return switch (eid) {
      case NullEid _ -> 0;
      case IpnEid _ -> 1;
      case DtnEid _ -> 2;
      case UnknownEid _ -> 3;
    };
  }
}
