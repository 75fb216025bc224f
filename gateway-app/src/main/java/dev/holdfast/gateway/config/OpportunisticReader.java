package dev.holdfast.gateway.config;

import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.gateway.config.OpportunisticConfig.Method;
import dev.holdfast.gateway.config.OpportunisticConfig.Policy;
import dev.holdfast.gateway.config.OpportunisticConfig.Prophet;
import dev.holdfast.gateway.config.OpportunisticConfig.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads how bundles spread over contacts that nobody planned. */
final class OpportunisticReader {
  private static final Duration YEAR = Duration.ofDays(366);
  private static final Function<String, Duration> INTERVAL =
      Values.duration(Duration.ofMillis(1), YEAR);

  private OpportunisticReader() {}

  static OpportunisticConfig read(Section section) {
    OpportunisticConfig config =
        new OpportunisticConfig(
            policies(section),
            section.value("bytesPerExchange", 256L << 20, Values.size(1 << 10, 1L << 50)),
            section.value("kept", 4L << 30, Values.size(0, 1L << 50)),
            (int) section.number("summaryBundles", 4_096, 16, 7_000),
            (int) section.number("nodes", 1_024, 1, 65_535),
            section.value(
                "exchangeEvery",
                Duration.ofMinutes(5),
                Values.duration(Duration.ofSeconds(1), YEAR)),
            section.value(
                "summaryWait",
                Duration.ofSeconds(2),
                Values.duration(Duration.ZERO, Duration.ofHours(1))),
            prophet(section.section("prophet")));
    section.end();
    return config;
  }

  private static List<Policy> policies(Section section) {
    List<Policy> policies = new ArrayList<>();
    for (Section policy : section.sections("policies")) {
      var to = policy.required("to", Values.pattern("*:**"), Values::pattern);
      Method method =
          policy
              .required("method", Method.SPRAY, text -> Section.oneOf(text, Method.class))
              .value();
      int copies =
          switch (method) {
            case EPIDEMIC -> 64;
            case PROPHET -> 16;
            case SPRAY -> 8;
          };
      policies.add(
          new Policy(
              to.value(),
              method,
              (int) policy.number("copies", copies, 1, 1_000_000),
              policy.choice("when", When.NO_WAY, When.class)));
      policy.end();
    }
    return policies;
  }

  private static Prophet prophet(Section section) {
    Prophet prophet =
        new Prophet(
            section.value("encounterMax", 0.7, Values::fraction),
            section.value("encounterFirst", 0.5, Values::fraction),
            section.value("firstThreshold", 0.1, Values::fraction),
            section.value("beta", 0.9, Values::fraction),
            section.value("gamma", 0.999, Values::fraction),
            section.value("delta", 0.01, Values::fraction),
            section.value("timeUnit", Duration.ofMinutes(1), INTERVAL),
            section.value("typicalInterval", Duration.ofMinutes(30), INTERVAL));
    section.end();
    return prophet;
  }
}
