package dev.holdfast.gateway.procedure;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.schedule.ContactSchedule;
import dev.holdfast.gateway.schedule.Queues;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.TrafficWindow;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.StoreView;

/** The procedures of one node, composed: who uses whom is said here and nowhere else. */
public final class Procedures {
  private final Links links;
  private final Router router;
  private final ContactSchedule contacts;
  private final Holding holding;
  private final Submission submission;
  private final Reception reception;
  private final Dispatching dispatching;
  private final Forwarding forwarding;
  private final Rerouting rerouting;
  private final Spreading spreading;
  private final Exchange exchange;
  private final ApplicationEndpoints applications;
  private final Reassembling reassembly;
  private final Deletion deletion;
  private final Expiration expiration;
  private final TwinEndpoint twins;

  /** Composes them over a store that was just opened, and the view of it that turns change. */
  public Procedures(
      NodeSettings settings, BundleStore store, StoreView view, long bootId, Moment start) {
    BundleStore.Recovered recovered = store.recovered();
    links = new Links(settings.links());
    router = new Router(settings);
    contacts = new ContactSchedule(settings.contacts(), router.self());
    TrafficWindow traffic =
        new TrafficWindow(settings.contacts().forecast().windowMillis(), start.bootMillis());
    Queues queues = new Queues(recovered.queues(), settings.limits().loadedPerQueue(), traffic);
    holding = new Holding(settings.limits(), bootId, queues, links, router, recovered.lastKey());
    store.earliestExpiry().ifPresent(holding::earliestExpiry);
    Transmission transmission =
        new Transmission(new NewBundles(settings.trafficType()), recovered.numbers(), bootId);
    StatusReporting reporting = new StatusReporting(settings, transmission);
    spreading = new Spreading(settings.opportunistic(), holding, links, router, reporting);
    exchange =
        new Exchange(settings, holding, new Exchange.Ways(links, router, spreading), transmission);
    submission = new Submission(settings, spreading, transmission);
    reception = new Reception(settings, reporting, spreading);
    forwarding = new Forwarding(settings, holding, links, router, reporting, spreading);
    rerouting = new Rerouting(holding, router, forwarding);
    applications = new ApplicationEndpoints(settings, holding, view::get, reporting);
    Delivery delivery =
        new Delivery(
            holding,
            applications,
            new EchoEndpoint(settings.echoServices(), transmission),
            new AdministrativeEndpoint(exchange),
            reporting);
    dispatching = new Dispatching(settings, holding, forwarding, delivery, exchange);
    reassembly = new Reassembling(holding, delivery);
    deletion = new Deletion(holding, applications, reporting);
    expiration = new Expiration(holding, deletion, start);
    twins = new TwinEndpoint(applications, deletion, spreading, transmission);
  }

  /** The links. */
  public Links links() {
    return links;
  }

  /** The way out. */
  public Router router() {
    return router;
  }

  /** Opens and closes links. */
  public ContactSchedule contacts() {
    return contacts;
  }

  /** What is held. */
  public Holding holding() {
    return holding;
  }

  /** Bundles of applications. */
  public Submission submission() {
    return submission;
  }

  /** RFC 9171 §5.6. */
  public Reception reception() {
    return reception;
  }

  /** RFC 9171 §5.3. */
  public Dispatching dispatching() {
    return dispatching;
  }

  /** RFC 9171 §5.4. */
  public Forwarding forwarding() {
    return forwarding;
  }

  /** Changes of plan, contacts and links. */
  public Rerouting rerouting() {
    return rerouting;
  }

  /** Copies for neighbours that come unplanned. */
  public Spreading spreading() {
    return spreading;
  }

  /** What is told to neighbours that come unplanned, and heard from them. */
  public Exchange exchange() {
    return exchange;
  }

  /** RFC 9171 §5.7. */
  public ApplicationEndpoints applications() {
    return applications;
  }

  /** RFC 9171 §5.9. */
  public Reassembling reassembly() {
    return reassembly;
  }

  /** RFC 9171 §5.10. */
  public Deletion deletion() {
    return deletion;
  }

  /** What twins decided. */
  public TwinEndpoint twins() {
    return twins;
  }

  /** RFC 9171 §5.5. */
  public Expiration expiration() {
    return expiration;
  }
}
