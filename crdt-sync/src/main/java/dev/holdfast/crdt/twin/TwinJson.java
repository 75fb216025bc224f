package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the JSON of twins (RFC 8259): one document, names once in each object, numbers
 * exact, within limits.
 */
public final class TwinJson {
  private static final int NUMBER_LENGTH = NumberCodec.DIGITS_MAX + 100;
  private static final int TOKENS = 1 << 20;

  private final JsonMapper mapper;

  /** A reader that keeps these limits. */
  public TwinJson(TwinLimits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            // The object around a canonical object's content is one level more.
            .maxNestingDepth(limits.depth() + 2)
            .maxDocumentLength(limits.documentBytes())
            .maxTokenCount(TOKENS)
            .maxNumberLength(NUMBER_LENGTH)
            .maxStringLength(Math.max(limits.valueBytes(), 4 * (limits.blobBytes() / 3 + 1)))
            .maxNameLength(limits.valueBytes())
            .build();
    mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(constraints)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** Reads a document in UTF-8. */
  public Parsed<JsonNode> read(Octets utf8) {
    try {
      JsonNode json = mapper.readTree(utf8.toByteArray());
      return json.isMissingNode() ? bad(0, "no JSON at all") : new Parsed.Good<>(json);
    } catch (JacksonException refused) {
      TokenStreamLocation where = refused.getLocation();
      long offset = where == null ? 0 : Math.max(where.getByteOffset(), where.getCharOffset());
      return bad(Math.max(0, Math.min(offset, utf8.size())), reason(refused));
    }
  }

  /**
   * Why JSON was refused, without the place where what is not closed began: that is one of the
   * parser's buffer.
   */
  public static String reason(JacksonException refused) {
    return refused.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }

  private static Parsed<JsonNode> bad(long offset, String reason) {
    return new Parsed.Bad<>(offset, "RFC 8259", reason.replace('\n', ' '));
  }

  /** Writes a document, on one line. */
  public String write(JsonNode json) {
    return mapper.writeValueAsString(json);
  }
}
