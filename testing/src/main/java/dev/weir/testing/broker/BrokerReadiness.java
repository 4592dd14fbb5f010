package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Waits until a broker that was started again serves clients. Blocks the caller. */
final class BrokerReadiness {
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final int CALL_BOUND_MILLIS = 5_000;

  private BrokerReadiness() {}

  static void await(String bootstrapServers) {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            "100");
    try (Admin admin = Admin.create(config)) {
      Await.until("the broker at " + bootstrapServers, BOUND, () -> hasNode(admin));
    }
  }

  private static boolean hasNode(Admin admin) {
    DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(CALL_BOUND_MILLIS);
    try {
      return !admin.describeCluster(options).nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeirException(
          "Waited for a broker to serve clients, the thread was interrupted; see who gave up.", e);
    }
  }
}
