package dev.holdfast.bpv7.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.RandomBundles;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.admin.StatusReport.Assertion;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrativeRecordsTest {
  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void reportsOfEveryKindAreReadBack(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    RandomGenerator random = bundles.random();
    for (int i = 0; i < 10_000; i++) {
      Optional<BundleId.Extent> extent =
          random.nextBoolean()
              ? Optional.of(new BundleId.Extent(bundles.number(), bundles.number()))
              : Optional.empty();
      StatusReport report =
          new StatusReport(
              assertion(bundles),
              assertion(bundles),
              assertion(bundles),
              assertion(bundles),
              new StatusReason(random.nextInt(3) == 0 ? bundles.number() : random.nextInt(17)),
              new BundleId(
                  bundles.eid(),
                  new CreationTimestamp(new DtnTime(bundles.number()), bundles.number()),
                  extent));
      Octets bytes = AdministrativeRecords.encode(report);
      String which = "seed " + seed + ", report " + i + ": " + bytes.hex();
      assertThat(decode(bytes)).as(which).isEqualTo(new Decoded.Valid<>(report));
      assertThat(AdministrativeRecords.encode(report)).as(which).isEqualTo(bytes);
    }
  }

  private static Assertion assertion(RandomBundles bundles) {
    return switch (bundles.random().nextInt(3)) {
      case 0 -> Assertion.NO;
      case 1 -> Assertion.YES;
      default -> Assertion.at(new DtnTime(bundles.number()));
    };
  }

  @Test
  void aReportStandsOnTheWireAsTheRfcDrawsIt() {
    StatusReport report =
        new StatusReport(
            Assertion.at(new DtnTime(1000)),
            Assertion.NO,
            Assertion.YES,
            Assertion.NO,
            StatusReason.HOP_LIMIT_EXCEEDED,
            new BundleId(
                IpnEid.of(3, 1),
                new CreationTimestamp(new DtnTime(5), 6),
                Optional.of(new BundleId.Extent(7, 8))));
    assertThat(AdministrativeRecords.encode(report).hex())
        .isEqualTo(
            "8201"
                + "86"
                + "84"
                + "82f51903e8"
                + "81f4"
                + "81f5"
                + "81f4"
                + "09"
                + "8202820301"
                + "820506"
                + "0708");
  }

  @Test
  void aRecordOfAnotherTypeIsKeptWhole() {
    Octets bytes = Octets.ofHex("820783010203");
    AdministrativeRecord record = new AdministrativeRecord.Unknown(7, Octets.ofHex("83010203"));
    assertThat(decode(bytes)).isEqualTo(new Decoded.Valid<>(record));
    assertThat(AdministrativeRecords.encode(record)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, RFC 9171 §6.1",
    "83010203, 0, RFC 9171 §6.1",
    "820185, 2, RFC 9171 §6.1.1", // five items
    "820184830101010101, 3, RFC 9171 §6.1.1", // three status items
    "82018484810181f481f481f400820100820000, 5, RFC 9171 §6.1.1", // 1 for true
    "8201848482f40081f481f481f400820100820000, 4, RFC 9171 §6.1.1", // time, not asserted
    "82018484800000000000, 4, RFC 9171 §6.1.1",
    "8201848481f481f481f481f40082010082000000, 19, RFC 9171 §6.1", // one byte more
    "8201848481f481f481f481f4180082010082000, 12, RFC 8949 §4.2.1",
    "821bffffffffffffffff, 10, RFC 9171 §6.1",
  })
  void whatIsNoneIsRefusedAtItsOffset(String hex, long offset, String section) {
    String even = hex.length() % 2 == 0 ? hex : hex + "0";
    assertThat(decode(Octets.ofHex(even)))
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            invalid -> {
              assertThat(invalid.fault().section()).isEqualTo(section);
              assertThat(invalid.fault().offset()).isEqualTo(offset);
            });
  }

  @Test
  void depthAndSizeAreBounded() {
    assertThat(decode(Octets.ofHex("8207" + "81".repeat(1_000) + "00")))
        .isInstanceOf(Decoded.Invalid.class);
    Octets huge =
        new CborWriter(100_000)
            .array(2)
            .unsigned(7)
            .bytes(Octets.wrap(new byte[100_000]))
            .end()
            .finish();
    assertThat(decode(huge)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void reasonsHaveNamesAsFarAsTheyAreRegistered() {
    assertThat(StatusReason.NO_TIMELY_CONTACT)
        .hasToString("7 (no timely contact with next node on route)");
    assertThat(StatusReason.CONFLICTING_SECURITY_OPERATIONS.label())
        .contains("conflicting security operations");
    assertThat(new StatusReason(17).label()).isEmpty();
    assertThat(new StatusReason(-1)).hasToString("18446744073709551615");
    assertThatThrownBy(() -> new Assertion(false, Optional.of(DtnTime.UNKNOWN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Decoded<AdministrativeRecord> decode(Octets bytes) {
    return AdministrativeRecords.decode(bytes, ReadOptions.STRICT);
  }
}
