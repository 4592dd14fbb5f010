package dev.weir.testing.broker;

/** The two ways to have a real broker. */
public enum BrokerKind {
  /** A child JVM: {@link EmbeddedBroker}. Always to be had. */
  EMBEDDED,
  /** A container: {@link ContainerBroker}. Needs a Docker engine and an image. */
  CONTAINER
}
