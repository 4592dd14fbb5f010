package dev.weir.testing.broker;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether tests on containers are skipped, tried or insisted on. Pure but for the two settings. */
enum ContainerDemand {
  /** Not run, and nobody is asked for an engine. */
  NEVER,
  /** Run where they can; otherwise skipped with the reason. */
  WHERE_POSSIBLE,
  /** Run; a missing engine is a failure. */
  REQUIRED;

  static ContainerDemand ofThisJvm() {
    return of(System.getProperty("broker", "auto"), System.getenv("WEIR_REQUIRE_CONTAINERS"));
  }

  static ContainerDemand of(String brokerProperty, String requireVariable) {
    return switch (brokerProperty) {
      case "container" -> REQUIRED;
      case "embedded" -> NEVER;
      case "auto", "" -> "true".equals(requireVariable) ? REQUIRED : WHERE_POSSIBLE;
      default ->
          throw new IllegalArgumentException(
              "-Dbroker chooses between auto, embedded and container, found '"
                  + brokerProperty
                  + "'; say one of them.");
    };
  }

  /** The reason to skip a class on this kind of broker, or empty to run it. */
  Optional<String> judge(BrokerKind kind, Supplier<Availability> availability) {
    if (kind == BrokerKind.EMBEDDED) {
      return Optional.empty();
    }
    return switch (this) {
      case NEVER -> Optional.of("-Dbroker=embedded: containers are not wanted.");
      case REQUIRED -> Optional.empty();
      case WHERE_POSSIBLE ->
          Optional.of(availability.get())
              .filter(found -> !found.isAvailable())
              .map(Availability::reason);
    };
  }
}
