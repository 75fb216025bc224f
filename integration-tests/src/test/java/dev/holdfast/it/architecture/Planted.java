package dev.holdfast.it.architecture;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Breaks the rules on purpose, so that the test can show that each is noticed. Never run. */
final class Planted {
  final Supplier<Instant> reference = Instant::now;
  final Supplier<Random> constructor = Random::new;

  long callInLambda() {
    Supplier<Long> inner = () -> System.nanoTime();
    return inner.get();
  }

  void call() throws InterruptedException {
    Thread.sleep(1);
    System.exit(Map.of("a", 1).size());
  }

  String mention(InetAddress address) {
    return "seen in the signature alone: " + address;
  }
}
