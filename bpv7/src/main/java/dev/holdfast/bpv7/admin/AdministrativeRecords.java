package dev.holdfast.bpv7.admin;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.admin.StatusReport.Assertion;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.Eids.DtnSyntax;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborReader.Form;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.Optional;

/**
 * Administrative records as bytes (RFC 9171 §6.1). Whatever the bytes are, the answer is a value;
 * nothing is thrown. Any thread.
 */
public final class AdministrativeRecords {
  private static final String RECORD_SECTION = "RFC 9171 §6.1";
  private static final String REPORT_SECTION = "RFC 9171 §6.1.1";

  private AdministrativeRecords() {}

  /** The record that a payload of exactly these bytes is. */
  public static Decoded<AdministrativeRecord> decode(Octets payload, ReadOptions options) {
    Form form = options.allows(Leniency.INTEGER_WIDTH) ? Form.ANY_WIDTH : Form.SHORTEST;
    CborReader reader = new CborReader(payload, form).in(RECORD_SECTION);
    try {
      if (payload.size() > options.limits().recordBytes()) {
        throw reader.fault(0, "more than " + options.limits().recordBytes() + " bytes");
      }
      reader.array(2);
      long type = reader.unsigned();
      AdministrativeRecord record =
          type == StatusReport.TYPE
              ? readReport(reader.in(REPORT_SECTION), options)
              : new AdministrativeRecord.Unknown(type, reader.item(options.limits().depth()));
      reader.in(RECORD_SECTION).expectEnd();
      return new Decoded.Valid<>(record);
    } catch (WireException fault) {
      return new Decoded.Invalid<>(new Fault(fault.offset(), fault.section(), fault.reason()));
    }
  }

  private static StatusReport readReport(CborReader reader, ReadOptions options) {
    int where = reader.offset();
    int items = reader.array();
    if (items != 4 && items != 6) { // RFC 9171 §6.1.1
      throw reader.fault(where, "a status report has 4 or 6 items, not " + items);
    }
    reader.array(4);
    Assertion received = readAssertion(reader);
    Assertion forwarded = readAssertion(reader);
    Assertion delivered = readAssertion(reader);
    Assertion deleted = readAssertion(reader);
    StatusReason reason = new StatusReason(reader.unsigned());
    DtnSyntax syntax =
        options.allows(Leniency.DTN_SLASH) ? DtnSyntax.SLASH_OPTIONAL : DtnSyntax.STRICT;
    Eid source = Eids.read(reader, options.limits(), syntax);
    reader.in(REPORT_SECTION).array(2);
    CreationTimestamp created =
        new CreationTimestamp(new DtnTime(reader.unsigned()), reader.unsigned());
    Optional<BundleId.Extent> extent =
        items == 6
            ? Optional.of(new BundleId.Extent(reader.unsigned(), reader.unsigned()))
            : Optional.empty();
    return new StatusReport(
        received, forwarded, delivered, deleted, reason, new BundleId(source, created, extent));
  }

  private static Assertion readAssertion(CborReader reader) {
    int where = reader.offset();
    int items = reader.array();
    if (items != 1 && items != 2) { // RFC 9171 §6.1.1
      throw reader.fault(where, "a status item has 1 or 2 items, not " + items);
    }
    boolean asserted = reader.bool();
    if (items == 1) {
      return asserted ? Assertion.YES : Assertion.NO;
    }
    if (!asserted) { // RFC 9171 §6.1.1
      throw reader.fault(where, "a time for something that is not asserted");
    }
    return Assertion.at(new DtnTime(reader.unsigned()));
  }

  /** The payload that carries {@code record}. */
  public static Octets encode(AdministrativeRecord record) {
    CborWriter writer = new CborWriter(64).array(2).unsigned(record.type());
    switch (record) {
      case StatusReport report -> writeReport(writer, report);
      case AdministrativeRecord.Unknown(_, Octets content) -> writer.item(content);
    }
    return writer.end().finish();
  }

  private static void writeReport(CborWriter writer, StatusReport report) {
    BundleId subject = report.subject();
    writer.array(subject.extent().isPresent() ? 6 : 4).array(4);
    writeAssertion(writer, report.received());
    writeAssertion(writer, report.forwarded());
    writeAssertion(writer, report.delivered());
    writeAssertion(writer, report.deleted());
    writer.end().unsigned(report.reason().code());
    Eids.write(writer, subject.source());
    CreationTimestamp created = subject.created();
    writer.array(2).unsigned(created.time().millis()).unsigned(created.sequence()).end();
    if (subject.extent().isPresent()) {
      BundleId.Extent extent = subject.extent().get();
      writer.unsigned(extent.offset()).unsigned(extent.length());
    }
    writer.end();
  }

  private static void writeAssertion(CborWriter writer, Assertion assertion) {
    if (assertion.time().isPresent()) {
      writer.array(2).bool(true).unsigned(assertion.time().get().millis()).end();
    } else {
      writer.array(1).bool(assertion.asserted()).end();
    }
  }
}
