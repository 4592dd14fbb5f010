package dev.weir.testing.broker;

import com.github.dockerjava.api.DockerClient;
import dev.weir.error.WeirException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Kafka broker in a container, at a fixed port of 127.0.0.1, because a port chosen by the engine
 * changes with every start. The image is {@code -Dkafka.image}, else {@code local/kafka:4.3.1},
 * else {@code apache/kafka:4.3.1}. Thread-safe.
 */
public final class ContainerBroker implements Broker {
  private static final int CLIENT_PORT = 9092;
  private static final int CONTROLLER_PORT = 9094;

  private final BrokerSettings settings;
  private final Optional<Network> network;
  private KafkaContainer container;

  /**
   * @param settings port and properties; how the JVM runs is the image's affair
   */
  public ContainerBroker(BrokerSettings settings) {
    this(settings, Optional.empty());
  }

  /** A member of a cluster, which meets the others in this network. */
  ContainerBroker(BrokerSettings settings, Optional<Network> network) {
    if (settings.securedPort().isPresent()) {
      throw new IllegalArgumentException(
          "A broker in a container has no port for clients that log in; use one that is a process.");
    }
    this.settings = settings;
    this.network = network;
  }

  /**
   * Whether this kind can be had here. The first call of a JVM asks the engine, which can take a
   * while.
   *
   * @return available, or the reason why not
   */
  public static Availability availability() {
    return ContainerImage.find();
  }

  @Override
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  @Override
  public synchronized void start() {
    if (container == null) {
      KafkaContainer fresh = create();
      fresh.start();
      container = fresh;
    } else if (container.isRunning()) {
      throw new IllegalStateException(
          "The broker at "
              + bootstrapServers()
              + " runs already; kill it before starting it again.");
    } else {
      docker().startContainerCmd(id()).exec();
    }
    BrokerReadiness.await(bootstrapServers());
  }

  @Override
  public synchronized void kill() {
    docker().killContainerCmd(id()).withSignal("KILL").exec();
  }

  @Override
  public synchronized void pause() {
    docker().pauseContainerCmd(id()).exec();
  }

  @Override
  public synchronized void resume() {
    docker().unpauseContainerCmd(id()).exec();
  }

  @Override
  public synchronized void close() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }

  private DockerClient docker() {
    return created().getDockerClient();
  }

  private String id() {
    return created().getContainerId();
  }

  private KafkaContainer created() {
    if (container == null) {
      throw new IllegalStateException(
          "The broker was never started, or is closed; start it first.");
    }
    return container;
  }

  private KafkaContainer create() {
    Availability availability = availability();
    if (!availability.isAvailable()) {
      throw new WeirException(availability.reason());
    }
    KafkaContainer kafka = new Advertised(availability.reason(), settings);
    network.ifPresent(net -> join(net, kafka));
    kafka.setPortBindings(List.of("127.0.0.1:" + settings.port() + ":" + CLIENT_PORT));
    settings.properties().forEach((key, value) -> kafka.withEnv(variable(key), value));
    return kafka;
  }

  /** The others know it by its host name, which is what the image advertises to them. */
  private void join(Network net, KafkaContainer kafka) {
    String host = host(settings.place().nodeId());
    kafka
        .withNetwork(net)
        .withNetworkAliases(host)
        .withCreateContainerCmdModifier(command -> command.withHostName(host));
  }

  private static String host(int nodeId) {
    return "broker-" + nodeId;
  }

  /** The variable from which the image makes this property. */
  static String variable(String property) {
    return "KAFKA_"
        + property
            .replace("_", "__")
            .replace("-", "___")
            .replace(".", "_")
            .toUpperCase(Locale.ROOT);
  }

  /**
   * Tells clients the address of the settings, which may be that of a link, and the broker its
   * place in its cluster.
   */
  private static final class Advertised extends KafkaContainer {
    private final BrokerSettings settings;

    Advertised(String image, BrokerSettings settings) {
      super(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"));
      this.settings = settings;
    }

    @Override
    public String getBootstrapServers() {
      return settings.bootstrapServers();
    }

    @Override
    protected void configure() {
      ClusterPlace place = settings.place();
      withEnv("KAFKA_NODE_ID", Integer.toString(place.nodeId()));
      super.configure();
      if (place.controllerPorts().size() > 1) {
        withEnv("CLUSTER_ID", place.clusterId());
        withEnv(
            "KAFKA_CONTROLLER_QUORUM_VOTERS", place.voters(n -> host(n) + ":" + CONTROLLER_PORT));
      }
    }
  }
}
