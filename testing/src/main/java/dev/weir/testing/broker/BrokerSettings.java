package dev.weir.testing.broker;

import dev.weir.testing.fault.FreePorts;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a {@link Broker} is set up. The defaults are for tests: quick to start, quick to notice
 * timeouts and dead sessions, no topic by accident. Immutable.
 */
public final class BrokerSettings {
  private static final Map<String, String> FOR_TESTS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "2"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "2"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("broker.session.timeout.ms", "6000"),
          Map.entry("broker.heartbeat.interval.ms", "200"),
          Map.entry("log.cleaner.enable", "false"));

  private static final Map<String, String> SECURED =
      Map.of(
          "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
          "super.users", "User:ANONYMOUS",
          "listener.name.secured.sasl.enabled.mechanisms", "SCRAM-SHA-256",
          "listener.name.secured.scram-sha-256.connections.max.reauth.ms", "2000",
          "listener.name.secured.scram-sha-256.sasl.jaas.config",
              "org.apache.kafka.common.security.scram.ScramLoginModule required;");

  /** How soon the members of a cluster give up on one that is dead or stands still. */
  private static final Map<String, String> QUICK_TO_MOVE =
      Map.of(
          "broker.session.timeout.ms", "3000",
          "request.timeout.ms", "3000",
          "replica.socket.timeout.ms", "3000",
          "controller.quorum.request.timeout.ms", "1000");

  private final Map<String, String> properties;
  private final ClusterPlace place;
  private final int port;
  private final OptionalInt advertisedPort;
  private final OptionalInt securedPort;
  private final boolean forBenchmarks;

  private BrokerSettings(
      Map<String, String> properties,
      ClusterPlace place,
      int port,
      OptionalInt advertisedPort,
      OptionalInt securedPort,
      boolean forBenchmarks) {
    this.properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    this.place = place;
    this.port = port;
    this.advertisedPort = advertisedPort;
    this.securedPort = securedPort;
    this.forBenchmarks = forBenchmarks;
  }

  /**
   * @return settings for tests, on a free loopback port
   */
  public static BrokerSettings forTests() {
    return new BrokerSettings(
        FOR_TESTS,
        ClusterPlace.alone(),
        FreePorts.next(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        false);
  }

  /** Settings for a member of a cluster, in which everything has a copy on each member. */
  static BrokerSettings forMember(ClusterPlace place) {
    Map<String, String> copied = new TreeMap<>(FOR_TESTS);
    String copies = Integer.toString(place.controllerPorts().size());
    copied.replaceAll((key, value) -> key.endsWith("replication.factor") ? copies : value);
    String inSync = Integer.toString(place.controllerPorts().size() / 2 + 1);
    copied.replaceAll((key, value) -> key.endsWith("min.isr") ? inSync : value);
    copied.put("min.insync.replicas", inSync);
    copied.putAll(QUICK_TO_MOVE);
    return new BrokerSettings(
        copied, place, FreePorts.next(), OptionalInt.empty(), OptionalInt.empty(), false);
  }

  /**
   * @return settings for tests, but with a JVM that is compiled and collected for speed, not for a
   *     quick start
   */
  public static BrokerSettings forBenchmarks() {
    return new BrokerSettings(
        FOR_TESTS,
        ClusterPlace.alone(),
        FreePorts.next(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        true);
  }

  /**
   * @param key a broker property, such as {@code transaction.max.timeout.ms}
   * @param value its value
   * @return these settings with the property added or replaced
   */
  public BrokerSettings with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(key, value.toString());
    return new BrokerSettings(more, place, port, advertisedPort, securedPort, forBenchmarks);
  }

  /**
   * Clients are sent to another port of 127.0.0.1, such as that of a {@link
   * dev.weir.testing.fault.Link} that leads to {@link #port()}.
   *
   * @param other the port for clients
   * @return these settings with that port
   */
  public BrokerSettings advertising(int other) {
    return new BrokerSettings(
        properties, place, port, OptionalInt.of(other), securedPort, forBenchmarks);
  }

  /**
   * The broker listens at another port, too, for clients that log in by SASL with SCRAM-SHA-256 and
   * have no rights but those that they are given; they are asked for their password again every two
   * seconds. Who comes by the usual port may do anything. Only for a broker that is a process.
   *
   * @return these settings with such a port, a free one
   */
  public BrokerSettings secured() {
    Map<String, String> more = new TreeMap<>(properties);
    more.putAll(SECURED);
    return new BrokerSettings(
        more, place, port, advertisedPort, OptionalInt.of(FreePorts.next()), forBenchmarks);
  }

  /**
   * @return the port for clients that log in; empty without {@link #secured()}
   */
  public OptionalInt securedPort() {
    return securedPort;
  }

  /**
   * @return the port of 127.0.0.1 at which the broker listens
   */
  public int port() {
    return port;
  }

  /**
   * @return the address that clients are told
   */
  public String bootstrapServers() {
    return "127.0.0.1:" + advertisedPort.orElse(port);
  }

  /** Which broker of which cluster it is. */
  ClusterPlace place() {
    return place;
  }

  boolean isForBenchmarks() {
    return forBenchmarks;
  }

  /** Broker properties without those of listeners, ids and folders. */
  Map<String, String> properties() {
    return properties;
  }
}
