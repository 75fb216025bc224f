/**
 * Contact plans as files: one class per format, each reads and prints.
 *
 * <p>{@link PlanReader} detects the format from the content. Reading never throws on bad input: the
 * result is a plan with warnings, or every problem with line and column, up to a limit. What a
 * format cannot say when printed is told as well.
 *
 * <p>Formats: ION administration text ({@link IonText}), HDTN JSON ({@link HdtnJson}), the JSON of
 * dtn-tvg-util ({@link TvgutilJson}), a plain CSV ({@link CsvText}), A-SABR text ({@link
 * AsabrText}), CORE contact plans ({@link CcmText}) the commands of µD3TN ({@link Ud3tnText}) and
 * YAML for people ({@link YamlText}). {@link PlanTable} prints for people and is not read. {@code
 * contact-plans/docs/formats.md} describes each.
 *
 * <p>Pure: text in, values out; files are read and written elsewhere. Depends on {@code contacts},
 * {@code contacts.yaml}, {@code bpv7} and Jackson's streaming core.
 */
@NullMarked
package dev.holdfast.contacts.format;

import org.jspecify.annotations.NullMarked;
