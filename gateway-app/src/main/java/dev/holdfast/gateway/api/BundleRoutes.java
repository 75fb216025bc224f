package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.gateway.config.DefaultsConfig;
import dev.holdfast.gateway.config.ReportsConfig;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Bundles: handing them in, seeing what is held, taking them out. */
final class BundleRoutes {
  private static final int MOST_LISTED = 1000;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final NodeAccess node;
  private final Upload upload;
  private final Download download;
  private final Supplier<DefaultsConfig> defaults;

  BundleRoutes(
      NodeAccess node, Upload upload, Download download, Supplier<DefaultsConfig> defaults) {
    this.node = node;
    this.upload = upload;
    this.download = download;
    this.defaults = defaults;
  }

  void submit(Context context) {
    Draft draft = draft(new Parameters(context));
    Upload.Taken taken = upload.take(context);
    Answer answer =
        node.ask(
            new Request.Submit(
                draft.to,
                draft.from,
                draft.lifetimeMillis,
                draft.service,
                draft.reports,
                taken.payload(),
                taken.trailer()));
    switch (answer) {
      case Answer.Submitted(BundleId id) -> {
        context.status(201);
        Routes.json(
            context,
            Json.object(
                out -> {
                  out.writeStringProperty("bundle", id.toString());
                  out.writeNumberProperty("payload_bytes", taken.payload().length());
                }));
      }
      case Answer other -> throw NodeAccess.unexpected(other);
    }
  }

  /** What the query of a submission says. */
  private record Draft(
      Eid to,
      Optional<Eid> from,
      long lifetimeMillis,
      Request.Service service,
      Request.Reports reports) {}

  private Draft draft(Parameters query) {
    DefaultsConfig usual = defaults.get();
    Optional<Eid> to = query.endpoint("to");
    Draft draft =
        new Draft(
            to.orElse(Eid.NULL),
            query.endpoint("from"),
            query.millis("lifetime", usual.lifetime(), LONGEST),
            new Request.Service(
                query.choice("class", usual.trafficClass(), TrafficClass.class),
                (int) query.number("ordinal", 0, 0, 255),
                query.flag("critical"),
                query.flag("best_effort"),
                !query.flag("whole"),
                (int) query.number("hop_limit", usual.hopLimit(), 0, 255)),
            new Request.Reports(reports(query), query.endpoint("report_to")));
    query.end();
    if (to.isEmpty()) {
      throw Problem.invalid("query parameter 'to' is missing; name the destination endpoint");
    }
    return draft;
  }

  private static BundleFlags reports(Parameters query) {
    long bits = 0;
    for (ReportsConfig.Kind kind : query.choices("report", ReportsConfig.Kind.class)) {
      bits |=
          switch (kind) {
            case RECEPTION -> BundleFlags.REPORT_RECEPTION;
            case FORWARDING -> BundleFlags.REPORT_FORWARDING;
            case DELIVERY -> BundleFlags.REPORT_DELIVERY;
            case DELETION -> BundleFlags.REPORT_DELETION;
          };
    }
    return new BundleFlags(bits);
  }

  void list(Context context) {
    Parameters query = new Parameters(context);
    long after = query.number("after", 0, 0, Long.MAX_VALUE);
    int limit = (int) query.number("limit", 100, 1, MOST_LISTED);
    query.end();
    List<HeldBundle> bundles =
        node.store().list(after == 0 ? Optional.empty() : Optional.of(new HeldKey(after)), limit);
    Routes.json(
        context,
        Json.object(
            out -> {
              Json.list(out, "bundles", bundles, bundle -> Views.bundle(out, bundle));
              if (bundles.size() == limit) {
                out.writeNumberProperty("next", bundles.getLast().key().sequence());
              } else {
                out.writeNullProperty("next");
              }
            }));
  }

  void get(Context context) {
    HeldBundle bundle = held(context);
    Routes.json(context, Json.object(out -> Views.bundle(out, bundle)));
  }

  void payload(Context context) {
    download.send(context, held(context));
  }

  void cancel(Context context) {
    HeldBundle bundle = held(context);
    switch (node.ask(new Request.Cancel(bundle.id()))) {
      case Answer.Done(int count) -> {
        if (count == 0) {
          throw new Problem(Problem.Kind.NOT_FOUND, bundle.id() + " is no longer held");
        }
        context.status(204);
      }
      case Answer other -> throw NodeAccess.unexpected(other);
    }
  }

  private HeldBundle held(Context context) {
    new Parameters(context).end();
    String name = context.pathParam("bundle");
    Optional<HeldBundle> found =
        switch (Routes.path(name, BundleName::parse)) {
          case BundleName.ByKey(HeldKey key) -> node.store().get(key);
          case BundleName.ById(BundleId id) -> node.store().find(id);
        };
    return found.orElseThrow(
        () -> new Problem(Problem.Kind.NOT_FOUND, "bundle " + name + " is not held here"));
  }
}
