package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits as they are kept: a line each, fields with commas between, times in DTN milliseconds. A
 * line that cannot be read is left out.
 */
final class EditText {
  private static final Logger LOG = LoggerFactory.getLogger(EditText.class);
  private static final int WHOLE = 8;
  private static final int KEY = 4;

  private EditText() {}

  /**
   * What is kept.
   *
   * @param pinned the version that stands in for the file, if an operator went back to one
   * @param edits what lies over it
   */
  record Saved(OptionalLong pinned, EditLayer edits) {
    static final Saved NOTHING = new Saved(OptionalLong.empty(), EditLayer.NONE);
  }

  static String print(Saved saved) {
    StringBuilder text = new StringBuilder("# edits of single contacts; see holdfast plan edits\n");
    saved.pinned().ifPresent(version -> text.append("version,").append(version).append('\n'));
    for (PlanEdit edit : saved.edits().edits()) {
      ContactKey key = edit.key();
      text.append(edit.label()).append(',').append(key.from()).append(',').append(key.to());
      text.append(',').append(key.start().millis());
      switch (edit) {
        case PlanEdit.Added(Contact contact) -> values(text, contact);
        case PlanEdit.Changed(Contact contact) -> values(text, contact);
        case PlanEdit.Cancelled _ -> {}
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void values(StringBuilder text, Contact contact) {
    text.append(',').append(contact.end().millis());
    text.append(',').append(contact.bytesPerSecond());
    text.append(',').append(contact.owltMillis());
    text.append(',').append(contact.confidence());
  }

  static Saved read(String text) {
    OptionalLong pinned = OptionalLong.empty();
    List<PlanEdit> edits = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> fields = List.of(line.split(",", -1));
      try {
        if (fields.size() == 2 && fields.getFirst().equals("version")) {
          pinned = OptionalLong.of(Long.parseLong(fields.get(1)));
        } else if (fields.size() == KEY && fields.getFirst().equals("cancelled")) {
          edits.add(new PlanEdit.Cancelled(key(fields)));
        } else if (fields.size() == WHOLE && fields.getFirst().equals("added")) {
          edits.add(new PlanEdit.Added(contact(fields)));
        } else if (fields.size() == WHOLE && fields.getFirst().equals("changed")) {
          edits.add(new PlanEdit.Changed(contact(fields)));
        }
      } catch (IllegalArgumentException unreadable) {
        LOG.warn("a kept edit of the plan cannot be read and is left out: {}", line);
      }
    }
    return new Saved(pinned, new EditLayer(edits));
  }

  private static ContactKey key(List<String> fields) {
    return new ContactKey(
        node(fields.get(1)), node(fields.get(2)), new DtnTime(Long.parseLong(fields.get(3))));
  }

  private static NodeNumber node(String text) {
    return NodeNumber.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static Contact contact(List<String> fields) {
    ContactKey key = key(fields);
    return new Contact(
        key.from(),
        key.to(),
        key.start(),
        new DtnTime(Long.parseLong(fields.get(4))),
        Long.parseLong(fields.get(5)),
        Long.parseLong(fields.get(6)),
        Double.parseDouble(fields.get(7)));
  }
}
