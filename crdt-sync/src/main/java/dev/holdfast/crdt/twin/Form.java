package dev.holdfast.crdt.twin;

/** How sets, counters, stocks, lists and blobs are read. */
public enum Form {
  /** As what they are worth: arrays, numbers, texts in Base64. */
  PLAIN,
  /** As what declares them, such as {@code {"$counter": 5}}: put again, it changes nothing. */
  TYPED
}
