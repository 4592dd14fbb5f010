package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.testcontainers.containers.Network;

/**
 * Several real Kafka brokers, each of which a test may hurt by itself. Each is broker and
 * controller at once. Topics have a copy on every broker unless said otherwise, and a write needs
 * most of them. Every call blocks until it has taken effect. Thread-safe.
 */
public final class BrokerCluster implements AutoCloseable {
  private final List<Broker> brokers;
  private final Runnable afterwards;

  private BrokerCluster(List<Broker> brokers, Runnable afterwards) {
    this.brokers = List.copyOf(brokers);
    this.afterwards = afterwards;
  }

  /**
   * @param kind of each broker
   * @param size how many, at least 1
   * @return a running cluster
   * @throws WeirException if it does not come up; nothing is left running then
   */
  public static BrokerCluster started(BrokerKind kind, int size) {
    List<BrokerSettings> members =
        ClusterPlace.ofCluster(size).stream().map(BrokerSettings::forMember).toList();
    BrokerCluster cluster =
        switch (kind) {
          case EMBEDDED -> embedded(members);
          case CONTAINER -> inContainers(members);
        };
    try {
      cluster.start();
      return cluster;
    } catch (WeirException e) {
      cluster.close();
      throw e;
    }
  }

  private static BrokerCluster embedded(List<BrokerSettings> members) {
    List<Broker> brokers = new ArrayList<>();
    members.forEach(member -> brokers.add(new EmbeddedBroker(member)));
    return new BrokerCluster(brokers, () -> {});
  }

  private static BrokerCluster inContainers(List<BrokerSettings> members) {
    Network network = Network.newNetwork();
    List<Broker> brokers = new ArrayList<>();
    members.forEach(member -> brokers.add(new ContainerBroker(member, Optional.of(network))));
    return new BrokerCluster(brokers, network::close);
  }

  /**
   * @return the addresses of all brokers for clients
   */
  public String bootstrapServers() {
    return brokers.stream().map(Broker::bootstrapServers).collect(Collectors.joining(","));
  }

  /**
   * @param id the number of a broker, as clients see it, from 1
   * @return that broker
   */
  public Broker broker(int id) {
    return brokers.get(id - 1);
  }

  /**
   * @return how many brokers there are
   */
  public int size() {
    return brokers.size();
  }

  /** Ends all brokers for good and removes their data. */
  @Override
  public void close() {
    brokers.forEach(Broker::close);
    afterwards.run();
  }

  /** Kills every broker; their data stays. */
  public void kill() {
    brokers.forEach(Broker::kill);
  }

  /**
   * Starts every broker, all at once: none is ready before most are there.
   *
   * @throws WeirException if one does not come up
   */
  public void start() {
    List<CompletableFuture<Void>> starts =
        brokers.stream()
            .map(
                broker ->
                    CompletableFuture.runAsync(
                        broker::start, start -> new Thread(start, "broker-start").start()))
            .toList();
    RuntimeException failure = null;
    for (CompletableFuture<Void> start : starts) {
      try {
        start.join();
      } catch (CompletionException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw new WeirException(
          "Tried to start " + brokers.size() + " brokers, one did not come up; see the cause.",
          failure.getCause());
    }
  }
}
