package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bundles per second through the codec: primary block, hop count, traffic class and payload, with
 * CRC-32C computed on the primary block and the payload.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class CodecBenchmark {
  private static final Eid SOURCE = IpnEid.of(1, 42);
  private static final Eid DESTINATION = IpnEid.of(3, 42);
  private static final DtnTime CREATED = new DtnTime(823_456_789_012L);

  /** Payload length in bytes. */
  @Param({"1024", "65536"})
  public int size;

  private Octets payload = Octets.EMPTY;
  private byte[] payloadArray = new byte[0];
  private Octets encoded = Octets.EMPTY;
  private Octets head = Octets.EMPTY;
  private long sequence;

  /** Makes a payload and a bundle of it. */
  @Setup
  public void make() {
    payloadArray = new byte[size];
    new Random(size).nextBytes(payloadArray);
    payload = Octets.copyOf(payloadArray);
    Bundle bundle = bundle();
    encoded = bundle.encoded();
    head = bundle.head().encoded();
    if (!(BundleReader.read(encoded, ReadOptions.STRICT) instanceof Decoded.Valid<Bundle>)) {
      throw new IllegalStateException("what is to be measured is no bundle");
    }
  }

  /** A whole bundle from its bytes, every rule and both CRCs checked, nothing copied. */
  @Benchmark
  public Decoded<Bundle> decode() {
    return BundleReader.read(encoded, ReadOptions.STRICT);
  }

  /** The head alone, as when a bundle is read back from the store. */
  @Benchmark
  public Object decodeStoredHead() {
    return BundleReader.readHead(head);
  }

  /** A new bundle as its parts, both CRCs computed; the payload is not copied. */
  @Benchmark
  public Bundle encode() {
    return bundle();
  }

  /** A new bundle as one run of bytes, payload copied. */
  @Benchmark
  public Octets encodeWhole() {
    return bundle().encoded();
  }

  /** The floor: CRC-32C over the payload and nothing else. */
  @Benchmark
  public long crcAlone() {
    CRC32C crc = new CRC32C();
    crc.update(payloadArray, 0, payloadArray.length);
    return crc.getValue();
  }

  private Bundle bundle() {
    return BundleBuilder.to(DESTINATION)
        .from(SOURCE)
        .reportTo(SOURCE)
        .created(new CreationTimestamp(CREATED, sequence++))
        .lifetime(86_400_000)
        .hopLimit(64)
        .traffic(CanonicalBlock.Traffic.DEFAULT_TYPE, TrafficClass.NORMAL, 0, false, false)
        .build(payload);
  }
}
