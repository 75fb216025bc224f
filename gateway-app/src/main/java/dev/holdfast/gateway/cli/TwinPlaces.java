package dev.holdfast.gateway.cli;

/** Where twins are in the gateway's interface. */
final class TwinPlaces {
  static final String THINGS = "/api/2/things";
  static final String TWINS = "/api/v1/twins";

  private TwinPlaces() {}

  /** A thing, or a part of it if the path is not empty. */
  static String of(String thing, String path) {
    StringBuilder place = new StringBuilder(THINGS).append('/').append(ApiClient.segment(thing));
    String bare = path.startsWith("/") ? path.substring(1) : path;
    if (!bare.isEmpty()) {
      for (String name : bare.split("/", -1)) {
        place.append('/').append(ApiClient.segment(name));
      }
    }
    return place.toString();
  }

  /** The document of a thing. */
  static String canonical(String thing) {
    return TWINS + "/" + ApiClient.segment(thing) + "/canonical";
  }
}
