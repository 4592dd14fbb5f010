package dev.weir.testing.broker;

/**
 * A real Kafka broker (KRaft, one node) that a test may hurt. Its address and its data outlive a
 * kill. Every call blocks until it has taken effect. Thread-safe.
 */
public interface Broker extends AutoCloseable {
  /**
   * @return the address for clients, {@code host:port}; the same from the first start to the end
   * @throws IllegalStateException before the first start
   */
  String bootstrapServers();

  /**
   * Starts the broker for the first time, or again on the same port and data. Returns when clients
   * can use it.
   *
   * @throws dev.weir.error.WeirException if it does not come up; the message has the tail of its
   *     log
   * @throws IllegalStateException if it runs
   */
  void start();

  /** Kills the broker with SIGKILL, also while it is frozen. Nothing is flushed, nobody is told. */
  void kill();

  /** Kills the broker and starts it again on the same port and data. */
  default void restart() {
    kill();
    start();
  }

  /** Freezes the broker: connections stay open, nothing answers. */
  void pause();

  /** Lets a frozen broker go on. */
  void resume();

  /** Ends the broker for good and removes its data. */
  @Override
  void close();
}
