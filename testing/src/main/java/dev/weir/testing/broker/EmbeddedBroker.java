package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.FreePorts;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Kafka broker in a child JVM, run from the class path of this JVM. It ends when this JVM ends,
 * however it ends. Needs no JUnit: a {@code main} may use it.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.started()) {
 *   run(broker.bootstrapServers());
 * }
 * }</pre>
 *
 * Thread-safe.
 */
public final class EmbeddedBroker implements Broker {
  private static final Duration START_BOUND = Duration.ofSeconds(90);

  private final BrokerSettings settings;
  private final int brokerPort = FreePorts.next();
  private DataFolder folder;
  private ChildJvm jvm;

  /**
   * @param settings port, properties and kind of JVM
   */
  public EmbeddedBroker(BrokerSettings settings) {
    this.settings = settings;
  }

  /**
   * @return a running broker with {@link BrokerSettings#forTests()}
   * @throws WeirException if it does not come up
   */
  public static EmbeddedBroker started() {
    EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.forTests());
    try {
      broker.start();
      return broker;
    } catch (WeirException e) {
      broker.close();
      throw e;
    }
  }

  @Override
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  @Override
  public synchronized void start() {
    if (jvm != null && jvm.isAlive()) {
      throw new IllegalStateException(
          "The broker at "
              + bootstrapServers()
              + " runs already; kill it before starting it again.");
    }
    if (folder == null) {
      folder = DataFolder.create();
    }
    jvm = launch();
    try {
      jvm.awaitLine(BrokerMain.READY, START_BOUND);
    } catch (WeirException e) {
      jvm.close();
      throw new WeirException(
          "Tried to start a broker at "
              + bootstrapServers()
              + ", it did not come up; see the tail of "
              + folder.resolve("broker.log")
              + " in the cause.",
          e);
    }
  }

  @Override
  public synchronized void kill() {
    running().kill();
  }

  @Override
  public synchronized void pause() {
    running().pause();
  }

  @Override
  public synchronized void resume() {
    running().resume();
  }

  @Override
  public synchronized void close() {
    if (jvm != null) {
      jvm.close();
      jvm = null;
    }
    if (folder != null) {
      folder.close();
      folder = null;
    }
  }

  /**
   * @return the process id of the broker that was started last
   * @throws IllegalStateException if it was never started, or is closed
   */
  public synchronized long pid() {
    return running().pid();
  }

  private ChildJvm running() {
    if (jvm == null) {
      throw new IllegalStateException(
          "The broker was never started, or is closed; start it first.");
    }
    return jvm;
  }

  private ChildJvm launch() {
    Path file = folder.resolve("server.properties");
    ServerProperties.write(file, settings, brokerPort);
    return BrokerJvm.of(BrokerMain.class.getName(), !settings.isForBenchmarks())
        .log(folder.resolve("broker.log"))
        .args(file.toString(), settings.place().clusterId())
        .start();
  }
}
