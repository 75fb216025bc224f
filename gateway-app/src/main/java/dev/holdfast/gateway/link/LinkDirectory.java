package dev.holdfast.gateway.link;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * All links of a gateway by name: the configured ones, and neighbours that come and go. Any thread.
 */
public final class LinkDirectory implements AutoCloseable {
  private final UnaryOperator<Link> around;
  private final ConcurrentSkipListMap<LinkId, Link> links = new ConcurrentSkipListMap<>();

  /** Empty. */
  public LinkDirectory() {
    this(link -> link);
  }

  /** Empty; every link is put in as {@code around} makes it. */
  public LinkDirectory(UnaryOperator<Link> around) {
    this.around = around;
  }

  /** Adds a link; false if there is one of that name. */
  public boolean add(Link link) {
    return links.putIfAbsent(link.id(), around.apply(link)) == null;
  }

  /** Takes a link out; it is not closed by that. */
  public void remove(LinkId link) {
    links.remove(link);
  }

  /** The link of that name. */
  public Optional<Link> find(LinkId link) {
    return Optional.ofNullable(links.get(link));
  }

  /** Every link, by name. */
  public List<Link> all() {
    return List.copyOf(links.values());
  }

  /** Closes every link. */
  @Override
  public void close() {
    all().forEach(Link::close);
    links.clear();
  }
}
