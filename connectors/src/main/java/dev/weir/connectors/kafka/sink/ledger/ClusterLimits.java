package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster allows. Immutable; found by blocking calls.
 *
 * @param brokers how many brokers run
 * @param maxTransactionMillis the least {@code transaction.max.timeout.ms} of them; empty if it may
 *     not be asked for
 */
record ClusterLimits(int brokers, Optional<Long> maxTransactionMillis) {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLimits.class);
  private static final String TRANSACTION_VERSION = "transaction.version";
  private static final int NEEDED_TRANSACTION_VERSION = 2;
  private static final int TIMEOUT_MILLIS = (int) AdminCalls.TIMEOUT.toMillis();

  /**
   * Asks the cluster.
   *
   * @throws InvalidConfigException if its transactions cannot carry a ledger
   */
  static ClusterLimits find(Admin admin, String servers) {
    checkTransactionVersion(admin, servers);
    Collection<Node> nodes =
        AdminCalls.await(
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS)).nodes(),
            "describe the cluster",
            servers);
    OptionalLong max =
        nodes.stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .flatMap(broker -> describe(admin, servers, broker).stream())
            .map(config -> config.get("transaction.max.timeout.ms"))
            .filter(entry -> entry != null && entry.value() != null)
            .map(ConfigEntry::value)
            .mapToLong(Long::parseLong)
            .min();
    return new ClusterLimits(
        nodes.size(), max.isPresent() ? Optional.of(max.getAsLong()) : Optional.empty());
  }

  /** A resource's settings; empty, with a warning, if they may not be asked for. */
  static Optional<Config> describe(Admin admin, String servers, ConfigResource resource) {
    DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS);
    try {
      return Optional.of(
          AdminCalls.await(
              admin.describeConfigs(List.of(resource), options).values().get(resource),
              "describe the settings of " + resource,
              servers));
    } catch (UnrecoverableConnectorException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      LOG.warn(
          "Settings of {} are not checked, as they may not be described. Grant DescribeConfigs.",
          resource);
      return Optional.empty();
    }
  }

  private static void checkTransactionVersion(Admin admin, String servers) {
    FinalizedVersionRange version =
        AdminCalls.await(
                admin
                    .describeFeatures(new DescribeFeaturesOptions().timeoutMs(TIMEOUT_MILLIS))
                    .featureMetadata(),
                "describe the features",
                servers)
            .finalizedFeatures()
            .get(TRANSACTION_VERSION);
    int found = version == null ? 0 : version.maxVersionLevel();
    if (found < NEEDED_TRANSACTION_VERSION) {
      throw new InvalidConfigException(
          "Exactly-once output needs feature "
              + TRANSACTION_VERSION
              + " "
              + NEEDED_TRANSACTION_VERSION
              + " (Kafka 4.0), with which a late request cannot end a later transaction, but "
              + servers
              + " has "
              + found
              + ". Upgrade it with: kafka-features upgrade --feature "
              + TRANSACTION_VERSION
              + "="
              + NEEDED_TRANSACTION_VERSION);
    }
  }
}
