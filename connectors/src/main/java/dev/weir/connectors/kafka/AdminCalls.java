package dev.weir.connectors.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Bounded calls to Kafka's admin client. They block; any thread. */
public final class AdminCalls {
  /** How long the brokers have for one call. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** The client ends its calls by itself; so much later it is no longer waited for. */
  private static final long MARGIN_MILLIS = 2_000;

  private AdminCalls() {}

  /**
   * Makes an admin client, uses and closes it.
   *
   * @param maker makes the client
   * @param tried what is tried, such as {@code describe topic 'input'}
   * @param servers the brokers' addresses
   * @param work what to do with the client
   * @param <R> type of the result
   * @return the work's result
   * @throws dev.weir.error.WeirException if the client cannot be made or the work fails
   */
  public static <R> R call(
      Supplier<Admin> maker, String tried, String servers, Function<Admin, R> work) {
    try {
      Admin admin = maker.get();
      try {
        return work.apply(admin);
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (KafkaException e) {
      throw ClientFailures.of(e, tried, servers);
    }
  }

  /**
   * Waits for an answer.
   *
   * @param answer the answer to come; asked for with {@link #TIMEOUT}
   * @param tried what is tried
   * @param servers the brokers' addresses
   * @param <T> type of the answer
   * @return the answer
   * @throws dev.weir.error.WeirException if it fails or does not come in time
   */
  public static <T> T await(KafkaFuture<T> answer, String tried, String servers) {
    return await(answer, tried, servers, TIMEOUT);
  }

  /**
   * Waits for an answer.
   *
   * @param answer the answer to come; asked for with the same timeout
   * @param tried what is tried
   * @param servers the brokers' addresses
   * @param timeout how long the brokers have
   * @param <T> type of the answer
   * @return the answer
   * @throws dev.weir.error.WeirException if it fails or does not come in time
   */
  public static <T> T await(KafkaFuture<T> answer, String tried, String servers, Duration timeout) {
    try {
      return answer.get(timeout.toMillis() + MARGIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientFailures.of(e, tried, servers);
    } catch (ExecutionException | TimeoutException e) {
      throw ClientFailures.of(e, tried, servers);
    }
  }
}
