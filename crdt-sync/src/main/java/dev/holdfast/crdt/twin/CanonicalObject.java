package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Frontier;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A thing as a document to hand on, in the form of the concept documents, version {@value
 * #SCHEMA_VERSION}:
 *
 * <pre>
 *   schema_version  "2.0"
 *   object_id       the thing's id; one without a namespace is said without its colon
 *   type            features/canonical/properties/type, or "Thing"
 *   content         the attributes, kinds declared ({@link Form#TYPED})
 *   policyId, definition, features                              as in the thing, if there
 *   metadata        vector_clock   of each stream the last number up to which all is heard
 *                   timestamp      the clock of the thing's last write
 *                   creator        the region that exports
 *                   signature      its own, or null
 *                   origin         features/canonical/properties/origin, if there
 *   links           features/canonical/properties/links, a set
 * </pre>
 *
 * <p>The signature says: this region had this state when it had heard this much. It is Ed25519 over
 * the document's {@link #digest()}, in which neither the order of members nor how numbers are
 * written counts, and does not cover itself. What changes on the way, such as lifetimes and hop
 * counts, is not in the document. It does not say who wrote which value: the blocks do.
 *
 * <p>What is imported becomes writes of the importing region. All that a document says has its
 * place, or it is refused: metadata of another system is kept as {@code origin}.
 */
public final class CanonicalObject {
  /** The one version that is known. */
  public static final String SCHEMA_VERSION = "2.0";

  /** Whether an import may replace what its document has not seen. */
  public enum Mode {
    /**
     * Refused, if a write is part of the thing that the document's vector clock does not cover. Of
     * what was deleted since, nothing is part of it: that is not noticed.
     */
    IF_SEEN,
    /** Whatever is there is replaced. */
    REPLACE
  }

  /**
   * Who exports.
   *
   * @param region its name, {@value CanonicalFields#REGION_SIZE} bytes
   * @param key what it signs with; none for a document without a signature
   */
  public record Exporter(Octets region, Optional<SigningKey> key) {
    /** Checks the length. */
    public Exporter {
      if (region.size() != CanonicalFields.REGION_SIZE) {
        throw new IllegalArgumentException("no region: " + region);
      }
    }
  }

  /** What came of reading a document. */
  public sealed interface Reading {
    /**
     * It is one.
     *
     * @param object the document
     */
    record Read(CanonicalObject object) implements Reading {}

    /**
     * It is none, or one that cannot be kept whole.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Reading {}
  }

  private final ObjectNode document;
  private final ThingId id;
  private final TwinLimits limits;

  private CanonicalObject(ObjectNode document, ThingId id, TwinLimits limits) {
    this.document = document;
    this.id = id;
    this.limits = limits;
  }

  /** The document of a thing; empty if the thing is not there. */
  public static Optional<JsonNode> export(Twin twin, Frontier frontier, Exporter exporter) {
    if (!(twin.json(Form.TYPED).orElse(null) instanceof ObjectNode thing)) {
      return Optional.empty();
    }
    ObjectNode document = CanonicalExport.document(twin, thing, frontier, exporter.region());
    exporter
        .key()
        .map(
            key ->
                CanonicalSignature.text(
                    key.sign(HashUse.OBJECT, CanonicalSignature.content(document))))
        .ifPresent(signature -> document.withObject("/metadata").put("signature", signature));
    return Optional.of(document);
  }

  /** Reads a document; whether its signature is right is for {@link #isSignedBy} to say. */
  public static Reading read(JsonNode json, TwinLimits limits) {
    try {
      ThingId id = CanonicalImport.check(json, limits);
      return new Reading.Read(new CanonicalObject(((ObjectNode) json).deepCopy(), id, limits));
    } catch (RefusedException refused) {
      return new Reading.Refused(refused.refusal());
    }
  }

  /** Which thing it is of. */
  public ThingId id() {
    return id;
  }

  /** Who exported it, as it says. */
  public String creator() {
    return document.path("metadata").path("creator").stringValue();
  }

  /** How much of each stream the exporter had heard, by the stream's name in hexadecimal digits. */
  public SortedMap<String, Long> vectorClock() {
    var clock = new TreeMap<String, Long>();
    document
        .path("metadata")
        .path("vector_clock")
        .properties()
        .forEach(each -> clock.put(each.getKey(), each.getValue().longValue()));
    return Collections.unmodifiableSortedMap(clock);
  }

  /** Its signature as it says; empty if it has none. */
  public Optional<String> signature() {
    JsonNode signature = document.path("metadata").path("signature");
    return signature.isString() ? Optional.of(signature.stringValue()) : Optional.empty();
  }

  /** Whether the signature was made over this document with the key that belongs to that. */
  public boolean isSignedBy(VerifyKey key) {
    return signature()
        .flatMap(CanonicalSignature::octets)
        .filter(it -> key.verifies(HashUse.OBJECT, CanonicalSignature.content(document), it))
        .isPresent();
  }

  /** BLAKE3-256 of the document without its signature, as deterministic CBOR. */
  public Octets digest() {
    return HashUse.OBJECT.hash(CanonicalSignature.content(document));
  }

  /**
   * The edits that make the thing what the document says; none if it is so already.
   *
   * @param twin the thing of that id, there or not
   */
  public TwinOutcome edits(Twin twin, Mode mode) {
    if (!twin.id().equals(id)) {
      throw new IllegalArgumentException("a document of " + id + ", not of " + twin.id());
    }
    try {
      if (mode == Mode.IF_SEEN) {
        CanonicalImport.checkSeen(vectorClock(), twin.dots());
      }
      TwinOutcome outcome =
          new TwinEditor(twin, limits).put(TwinPath.THING, CanonicalImport.thing(document, twin));
      if (outcome instanceof TwinOutcome.Change(List<Edit> edits)) {
        edits.forEach(CanonicalObject::checkMakesNothing);
      }
      return outcome;
    } catch (RefusedException refused) {
      return new TwinOutcome.Refused(refused.refusal());
    }
  }

  /** Goods come from who makes them: the same document, taken in twice, would double them. */
  private static void checkMakesNothing(Edit edit) {
    if (edit instanceof Edit.Make make) {
      throw new RefusedException(
          new Refusal.Unmapped(
              make.leaf().path(),
              "the stock holds " + make.amount() + " less here, and an import makes nothing",
              "sync first, or make what is missing"));
    }
  }
}
