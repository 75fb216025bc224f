package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of extension items as it came in (RFC 9174 §4.8, §5.2.5).
 *
 * @param items the items that are whole
 * @param whole whether the last item ends where the list ends
 */
record ExtensionItems(List<ExtensionItem> items, boolean whole) {
  private static final ExtensionItems NONE = new ExtensionItems(List.of(), true);

  static ExtensionItems read(Octets list) {
    if (list.isEmpty()) {
      return NONE;
    }
    List<ExtensionItem> items = new ArrayList<>();
    int at = 0;
    while (at + ExtensionItem.HEADER_BYTES <= list.size()) {
      int end = at + ExtensionItem.HEADER_BYTES + MessageReader.u16(list, at + 3);
      if (end > list.size()) {
        break;
      }
      boolean critical = (list.unsigned(at) & 1) != 0;
      Octets value = list.slice(at + ExtensionItem.HEADER_BYTES, end);
      items.add(new ExtensionItem(critical, MessageReader.u16(list, at + 1), value));
      at = end;
    }
    return new ExtensionItems(items, at == list.size());
  }
}
