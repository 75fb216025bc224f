/**
 * YAML that people write, with places: a document becomes blocks of keys ({@link Section}), every
 * key asked for is a valid one, and whatever is wrong is told with line, column and how to mend it.
 * Quantities have units ({@link Units}, {@link Times}).
 *
 * <p>Used by plans, by the configuration and by scenarios. Pure: text in, values out. Depends on
 * Jackson's streaming YAML parser only.
 */
@NullMarked
package dev.holdfast.contacts.yaml;

import org.jspecify.annotations.NullMarked;
