package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQueries;
import dev.holdfast.contacts.route.RouteQueries.Query;
import dev.holdfast.contacts.route.RouteQuery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Bundles from a file, each on its best route, one after another. */
final class PlanTraffic {
  private static final long MOST_BYTES = 64L << 20;

  private PlanTraffic() {}

  /** Books the bundles of a file; tells how many found no room. */
  static void book(
      Path file, Epoch.At zero, Bookings bookings, SortedMap<Contact, Long> used, PrintWriter err) {
    List<Query> bundles =
        switch (RouteQueries.read(file.toString(), PlanReads.text(file, MOST_BYTES), zero)) {
          case RouteQueries.Reading.Parsed(List<Query> parsed) -> parsed;
          case RouteQueries.Reading.Refused refused ->
              throw CommandException.unusable(refused.problem().toString());
        };
    EarliestArrival search = new EarliestArrival(bookings.plan());
    int lost = 0;
    for (Query bundle : bundles) {
      if (!bundle.from().equals(bundle.to()) && bundle.sizeBytes() > 0) {
        RouteQuery query =
            RouteQuery.of(bundle.from(), bundle.to(), bundle.at(), bundle.sizeBytes());
        Optional<Route> route = search.route(query, bookings);
        Optional<List<Booking>> booked = route.flatMap(found -> found.book(bookings));
        booked.ifPresent(each -> use(each, used));
        lost += booked.isPresent() ? 0 : 1;
      }
    }
    if (lost > 0) {
      err.println("%s: no route for %,d of %,d bundles".formatted(file, lost, bundles.size()));
    }
  }

  /** Adds bookings to what is used of each contact. */
  static void use(List<Booking> booked, SortedMap<Contact, Long> used) {
    booked.forEach(booking -> used.merge(booking.contact(), booking.bytes(), Long::sum));
  }
}
