package dev.holdfast.bpv7.eid;

import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which endpoints something is about, such as a static route.
 *
 * <p>A pattern is one or more of these, joined by {@code |}, a subset of
 * draft-ietf-dtn-eid-pattern:
 *
 * <ul>
 *   <li>{@code *:**}: every endpoint;
 *   <li>{@code ipn:**} and {@code dtn:**}: every endpoint of a scheme;
 *   <li>{@code ipn:3.*}, {@code ipn:977000.*.42}, {@code ipn:[1-9,20].7}: each part a number, a
 *       list of numbers and ranges in brackets, or {@code *}; two parts leave the allocator at 0;
 *       {@code !} is the local node;
 *   <li>{@code dtn://node/**}, {@code dtn://node/in/*}, {@code dtn://**}: an exact name or {@code
 *       **} for any; the demux exact, or ending in {@code *} (up to the next slash) or {@code **}
 *       (anything);
 *   <li>{@code dtn:none}: the null endpoint.
 * </ul>
 *
 * <p>Null endpoints match only {@code dtn:none} and {@code *:**}. Immutable; any thread.
 */
public final class EidPattern {
  private static final String SECTION = "draft-ietf-dtn-eid-pattern";

  private final String text;
  private final List<Term> terms;

  private EidPattern(String text, List<Term> terms) {
    this.text = text;
    this.terms = List.copyOf(terms);
  }

  /** The pattern that {@code text} spells. */
  public static Parsed<EidPattern> parse(String text) {
    if (text.length() > Limits.DEFAULT.eidBytes()) {
      return new Parsed.Bad<>(0, SECTION, "more than " + Limits.DEFAULT.eidBytes() + " characters");
    }
    List<Term> terms = new ArrayList<>();
    int from = 0;
    try {
      while (true) {
        int bar = text.indexOf('|', from);
        int to = bar < 0 ? text.length() : bar;
        terms.add(term(text.substring(from, to), from));
        if (bar < 0) {
          return new Parsed.Good<>(new EidPattern(text, terms));
        }
        from = bar + 1;
      }
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault.offset() + from, SECTION, fault.reason());
    }
  }

  /** The pattern that matches this endpoint only. */
  public static EidPattern exactly(Eid eid) {
    return new EidPattern(eid.toString(), List.of(new Term.Exactly(eid)));
  }

  /** Whether {@code eid} is among the endpoints that this names. */
  public boolean matches(Eid eid) {
    for (Term term : terms) {
      if (term.matches(eid)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EidPattern that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Term term(String text, int from) {
    if (text.equals("*:**")) {
      return new Term.Any();
    }
    if (text.startsWith("ipn:")) {
      return text.equals("ipn:**")
          ? new Term.Ipn(Numbers.ALL, Numbers.ALL, Numbers.ALL)
          : ipn(text);
    }
    if (text.equals("dtn:none")) {
      return new Term.Exactly(Eid.NULL);
    }
    if (text.equals("dtn:**") || text.equals("dtn://**")) {
      return new Term.Dtn("", "", Tail.ANYTHING);
    }
    if (text.startsWith("dtn:")) {
      return dtn(text);
    }
    throw new WireException(
        0,
        SECTION,
        from == 0 && text.isEmpty()
            ? "the pattern is empty"
            : "a pattern begins with ipn:, dtn: or is *:**");
  }

  private static Term ipn(String text) {
    int first = text.indexOf('.');
    int last = text.lastIndexOf('.');
    if (first < 0 || text.indexOf('.', first + 1) != (first == last ? -1 : last)) {
      throw new WireException(4, SECTION, "an ipn pattern has 2 or 3 parts with dots between");
    }
    long max32 = 0xffff_ffffL;
    Numbers service = Numbers.parse(text, last + 1, text.length(), -1L);
    if (first == last) {
      Numbers node =
          text.startsWith("!.", 4)
              ? Numbers.range(max32, max32)
              : Numbers.parse(text, 4, first, max32);
      return new Term.Ipn(Numbers.range(0, 0), node, service);
    }
    return new Term.Ipn(
        Numbers.parse(text, 4, first, max32), Numbers.parse(text, first + 1, last, max32), service);
  }

  private static Term dtn(String text) {
    Tail tail =
        text.endsWith("**") ? Tail.ANYTHING : text.endsWith("*") ? Tail.SEGMENT : Tail.NOTHING;
    String prefix = text.substring(0, text.length() - tail.stars);
    boolean anyNode = prefix.startsWith("dtn://**/");
    String exact = anyNode ? "dtn://any/" + prefix.substring("dtn://**/".length()) : prefix;
    DtnEid eid = EidText.dtn(exact, 4, Eids.DtnSyntax.STRICT);
    if (eid.demux().indexOf('*') >= 0 || (!anyNode && eid.nodeName().indexOf('*') >= 0)) {
      throw new WireException(
          text.indexOf('*'), SECTION, "a star stands only for the whole name or at the end");
    }
    return new Term.Dtn(anyNode ? "" : eid.nodeName(), eid.demux(), tail);
  }

  /** What may follow the fixed beginning of a demux. */
  private enum Tail {
    NOTHING(0),
    SEGMENT(1),
    ANYTHING(2);

    private final int stars;

    Tail(int stars) {
      this.stars = stars;
    }
  }

  private sealed interface Term {
    boolean matches(Eid eid);

    record Any() implements Term {
      @Override
      public boolean matches(Eid eid) {
        return true;
      }
    }

    record Exactly(Eid expected) implements Term {
      @Override
      public boolean matches(Eid eid) {
        return expected.isNull() ? eid.isNull() : expected.equals(eid);
      }
    }

    record Ipn(Numbers allocator, Numbers node, Numbers service) implements Term {
      @Override
      public boolean matches(Eid eid) {
        return eid instanceof IpnEid ipn
            && !ipn.isNull()
            && allocator.contains(ipn.allocator())
            && node.contains(ipn.node())
            && service.contains(ipn.service());
      }
    }

    /** An empty node name stands for any. */
    record Dtn(String nodeName, String demux, Tail tail) implements Term {
      @Override
      public boolean matches(Eid eid) {
        if (!(eid instanceof DtnEid dtn)
            || (!nodeName.isEmpty() && !nodeName.equals(dtn.nodeName()))) {
          return false;
        }
        return switch (tail) {
          case NOTHING -> dtn.demux().equals(demux);
          case SEGMENT ->
              dtn.demux().startsWith(demux) && dtn.demux().indexOf('/', demux.length()) < 0;
          case ANYTHING -> dtn.demux().startsWith(demux);
        };
      }
    }
  }

  /** A set of unsigned numbers as ranges. */
  private record Numbers(List<Range> ranges) {
    private record Range(long low, long high) {}

    static final Numbers ALL = range(0, -1L);

    static Numbers range(long low, long high) {
      return new Numbers(List.of(new Range(low, high)));
    }

    static Numbers parse(String text, int from, int to, long max) {
      if (to - from == 1 && text.charAt(from) == '*') {
        return ALL;
      }
      if (from == to || text.charAt(from) != '[') {
        long number = EidText.number(text, from, to, max);
        return range(number, number);
      }
      if (text.charAt(to - 1) != ']') {
        throw new WireException(to, SECTION, "no bracket closes the list");
      }
      List<Range> ranges = new ArrayList<>();
      for (int at = from + 1; at < to; ) {
        int comma = text.indexOf(',', at);
        int end = comma < 0 || comma > to - 1 ? to - 1 : comma;
        int dash = text.indexOf('-', at);
        boolean single = dash < 0 || dash > end;
        long low = EidText.number(text, at, single ? end : dash, max);
        long high = single ? low : EidText.number(text, dash + 1, end, max);
        if (Long.compareUnsigned(low, high) > 0) {
          throw new WireException(at, SECTION, "the range ends before it begins");
        }
        ranges.add(new Range(low, high));
        at = end + 1;
      }
      return new Numbers(List.copyOf(ranges));
    }

    boolean contains(long number) {
      for (Range range : ranges) {
        if (Long.compareUnsigned(range.low, number) <= 0
            && Long.compareUnsigned(number, range.high) <= 0) {
          return true;
        }
      }
      return false;
    }
  }
}
