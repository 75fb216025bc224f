package dev.holdfast.contacts.forecast;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text is a demand that a forecast can be made for, or refused with its line. */
class DemandFileFuzzTest {
  private static final ContactPlan PLAN =
      ContactPlan.of(
          1,
          List.of(
              Contact.of(
                  NodeNumber.of(1),
                  NodeNumber.of(2),
                  new DtnTime(800_000_000_000L),
                  new DtnTime(800_000_100_000L),
                  1_000,
                  0)));

  private static final long FEW = 10_000;

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    try {
      Demand demand = DemandFile.read("fuzz", new String(bytes, StandardCharsets.UTF_8), PLAN);
      if (demand.flows().stream().mapToLong(f -> Math.min(f.count(), FEW)).sum() < FEW) {
        var _ = Forecaster.of(PLAN, demand);
      }
    } catch (YamlException refused) {
      String message = String.valueOf(refused.getMessage());
      if (!message.startsWith("fuzz:")) {
        throw new IllegalStateException("no problem with a line: " + message, refused);
      }
    }
  }
}
