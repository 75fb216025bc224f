package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the contacts of a block take place: once from {@code start} to {@code end} or {@code for} a
 * while, or again and again from {@code first} on, {@code every} so often or as {@code cron} says,
 * starting before {@code until}.
 */
final class YamlPasses {
  /** One pass. */
  record Pass(long start, long end) {}

  private static final long UNIX = DtnTime.EPOCH_UNIX_MILLIS;

  private final YamlClock clock;
  private final int most;

  YamlPasses(YamlClock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /** The passes of a block; none after something was refused. */
  List<Pass> of(Section block) {
    boolean recurs = block.has("every") || block.has("cron") || block.has("first");
    return recurs ? recurring(block) : once(block);
  }

  private List<Pass> once(Section block) {
    long start = block.required("start", 0L, clock::millis).value();
    if (block.has("for")) {
      Located<Long> length = block.required("for", 1L, YamlValues::length);
      if (block.has("end")) {
        block.refuse(length.at(), "for: there is an end as well; leave one out");
      }
      block.optional("end", clock::millis);
      return List.of(new Pass(start, start + length.value()));
    }
    return List.of(new Pass(start, block.required("end", 1L, clock::millis).value()));
  }

  private List<Pass> recurring(Section block) {
    Located<Long> first = block.required("first", 0L, clock::millis);
    Located<Long> length = block.required("for", 1L, YamlValues::length);
    Located<Long> until = block.required("until", 1L, clock::millis);
    Optional<Located<Long>> every = block.located("every", YamlValues::length);
    Optional<Cron> cron = block.optional("cron", Cron::parse);
    if (block.has("every") == block.has("cron")) {
      block.refuse(
          block.at(), "contacts: say either every or cron; write every: 12h, or start and end");
      return List.of();
    }
    if (until.value() <= first.value()) {
      block.refuse(until.at(), "until: it is not after first, so there is no contact");
      return List.of();
    }
    if (every.filter(gap -> gap.value() < length.value()).isPresent()) {
      block.refuse(length.at(), "for: longer than every, so that contacts run into each other");
      return List.of();
    }
    List<Long> starts = new ArrayList<>();
    if (every.isPresent()) {
      for (long start = first.value();
          start < until.value() && starts.size() <= most;
          start += every.get().value()) {
        starts.add(start);
      }
    } else if (cron.isPresent()) {
      for (long unix : cron.get().between(first.value() + UNIX, until.value() + UNIX, most)) {
        starts.add(unix - UNIX);
      }
    }
    return starts.stream().map(start -> new Pass(start, start + length.value())).toList();
  }
}
