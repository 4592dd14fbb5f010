package dev.weir.testing.broker;

/**
 * Whether brokers in containers can be had here. Immutable.
 *
 * @param isAvailable whether they can
 * @param reason the image that will run, or what is missing and what to do
 */
public record Availability(boolean isAvailable, String reason) {
  static Availability with(String image) {
    return new Availability(true, image);
  }

  static Availability missing(String reason) {
    return new Availability(false, reason);
  }
}
