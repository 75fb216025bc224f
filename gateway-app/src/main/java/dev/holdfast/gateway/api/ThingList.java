package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.TwinPath;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinRequest;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Things, page by page, in the order of their ids. */
final class ThingList {
  private static final int MOST = 200;
  private static final int AT_A_TIME = 8;

  /** A page ends once it has so many characters, so that no answer takes the memory. */
  private static final int ENOUGH = 4 << 20;

  private final TwinCalls twins;
  private final ThingStream stream;

  ThingList(TwinCalls twins, ThingStream stream) {
    this.twins = twins;
    this.stream = stream;
  }

  /** Ids to be shown, and where to go on. */
  private record Page(List<ThingId> ids, Optional<ThingId> next) {}

  void things(Context context) {
    Parameters query = new Parameters(context);
    Optional<ThingId> after = query.value("after", TwinTarget::id);
    int limit = (int) query.number("limit", 25, 1, MOST);
    ThingFilter filter = ThingFilter.of(query);
    Form form = query.choice("form", Form.PLAIN, Form.class);
    query.end();
    if (Listeners.wantsStream(context)) {
      stream.some(context, filter, form);
      return;
    }
    Page page = page(after, limit, filter);
    Routes.json(context, filter.isIdOnly() ? idsOnly(page) : whole(page, form, filter));
  }

  private Page page(Optional<ThingId> after, int limit, ThingFilter filter) {
    if (!filter.ids().isEmpty()) {
      return new Page(filter.ids().stream().filter(filter::wants).toList(), Optional.empty());
    }
    TwinAnswer.Listed listed = twins.list(after, limit);
    List<ThingId> ids = listed.things();
    Optional<ThingId> next =
        listed.more() && !ids.isEmpty() ? Optional.of(ids.getLast()) : Optional.empty();
    return new Page(ids.stream().filter(filter::wants).toList(), next);
  }

  private static String idsOnly(Page page) {
    List<String> items = new ArrayList<>();
    for (ThingId id : page.ids()) {
      JsonNode item = JsonNodeFactory.instance.objectNode().put("thingId", id.text());
      items.add(TwinViews.json(item));
    }
    return document(items, page.next());
  }

  private String whole(Page page, Form form, ThingFilter filter) {
    List<String> items = new ArrayList<>();
    long size = 0;
    for (int at = 0; at < page.ids().size(); at += AT_A_TIME) {
      List<ThingId> ids = page.ids().subList(at, Math.min(at + AT_A_TIME, page.ids().size()));
      List<TwinRequest.Read> reads =
          ids.stream().map(id -> new TwinRequest.Read(id, TwinPath.THING, form)).toList();
      for (TwinAnswer.Shown shown : twins.findAll(reads)) {
        String item = TwinViews.json(filter.fields(shown.json()));
        items.add(item);
        size += item.length();
      }
      if (size > ENOUGH && at + AT_A_TIME < page.ids().size()) {
        return document(items, Optional.of(ids.getLast()));
      }
    }
    return document(items, page.next());
  }

  private static String document(List<String> items, Optional<ThingId> next) {
    return Json.object(
        out -> {
          out.writeArrayPropertyStart("items");
          items.forEach(out::writeRawValue);
          out.writeEndArray();
          Json.text(out, "next", next);
        });
  }
}
