package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeNumber;

/**
 * A contact whose nodes are still names.
 *
 * @param from the sender
 * @param to the receiver
 * @param contact the rest, between nodes that do not count
 */
record TvgDeclared(String from, String to, Declared contact) {
  static final NodeNumber NOBODY = NodeNumber.of(0);

  Declared between(NodeNumber sender, NodeNumber receiver) {
    return new Declared(
        sender,
        receiver,
        contact.startMillis(),
        contact.endMillis(),
        contact.bytesPerSecond(),
        contact.owltMillis(),
        contact.confidence(),
        contact.position());
  }
}
