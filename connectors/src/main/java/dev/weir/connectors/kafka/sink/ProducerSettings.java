package dev.weir.connectors.kafka.sink;

import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.ClientSettings;
import java.time.Duration;
import java.util.Map;

/**
 * Decides a producer's settings: the user's, those with another default than Kafka's, and Weir's
 * own; inside Weir only. Pure.
 */
public final class ProducerSettings {
  private static final int DEFAULT_BATCH_BYTES = 64 * 1024;
  private static final long DEFAULT_BUFFER_BYTES = 32L * 1024 * 1024;

  private ProducerSettings() {}

  /**
   * For records that become visible at once.
   *
   * @param given the user's settings
   * @param clientId a name for the client
   * @return a new map
   */
  public static Map<String, Object> plain(ClientSettings given, String clientId) {
    Map<String, Object> settings = given.of(ClientKind.PRODUCER);
    settings.putIfAbsent("batch.size", DEFAULT_BATCH_BYTES);
    // Short: initTransactions waits for it while the earlier transaction is ended (14 ms, not 110).
    settings.putIfAbsent("retry.backoff.ms", 5);
    // A commit of unknown outcome is asked for again after this long.
    settings.putIfAbsent("max.block.ms", Duration.ofSeconds(15).toMillis());
    // A topic that is forgotten would be looked up again on the task's thread.
    settings.putIfAbsent("metadata.max.idle.ms", Duration.ofDays(30).toMillis());
    settings.merge("client.id", clientId, (user, own) -> user + "-" + own);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    return settings;
  }

  /**
   * For records that become visible with a checkpoint.
   *
   * @param given the user's settings
   * @param transactionalId the id
   * @param timeoutMillis how long a transaction may be open
   * @return a new map
   */
  public static Map<String, Object> transactional(
      ClientSettings given, String transactionalId, long timeoutMillis) {
    Map<String, Object> settings = plain(given, transactionalId);
    settings.put("transactional.id", transactionalId);
    settings.put("transaction.timeout.ms", (int) Math.min(Integer.MAX_VALUE, timeoutMillis));
    return settings;
  }

  /**
   * @param settings a producer's settings
   * @return bytes that the producer may hold
   */
  public static long bufferBytes(Map<String, Object> settings) {
    Object given = settings.get("buffer.memory");
    return given == null ? DEFAULT_BUFFER_BYTES : Long.parseLong(String.valueOf(given).trim());
  }
}
