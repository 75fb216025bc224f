package dev.holdfast.gateway.schedule;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.gateway.link.LinkId;
import java.util.Optional;

/** Through whom a bundle goes (RFC 9171 §5.4 step 2). */
public sealed interface RouteDecision {
  /**
   * By a link that is open whenever it can be.
   *
   * @param link the link
   */
  record Anytime(LinkId link) implements RouteDecision {}

  /**
   * By a link during a contact.
   *
   * @param link the link
   * @param contact the contact
   * @param route the whole way if the plan gave one, empty if a static route names the link
   */
  record During(LinkId link, Contact contact, Optional<Route> route) implements RouteDecision {}

  /**
   * Nowhere for now.
   *
   * @param because why, for people
   */
  record Nowhere(String because) implements RouteDecision {}
}
