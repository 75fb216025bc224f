package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.DtnTime;
import java.util.Optional;

/**
 * Contacts as comma-separated values, one directed contact a line: {@code
 * from,to,start_s,end_s,rate_bytes_per_s,owlt_s}, as {@link dev.holdfast.contacts.format.CsvText}
 * reads them, but of any number, read as a stream: the lines stand in order of their starts. Times
 * are seconds after the start of the trace with up to nine decimals. A first line with these names,
 * empty lines and lines that start with {@code #} are skipped; a seventh field, the confidence, is
 * not looked at.
 */
public final class ContactCsv {
  private ContactCsv() {}

  /**
   * Reads the contacts as links that are up while a contact lasts.
   *
   * @param epoch what the times count from, if that is known
   */
  public static LinkTrace read(TraceSource source, Optional<DtnTime> epoch, TraceLimits limits) {
    ContactCsvReader reader = new ContactCsvReader(source, limits);
    return new LinkTrace(epoch, reader::next, reader.findings());
  }
}
