package dev.weir.testing.broker;

/** A broker that many test classes use, and that therefore none may hurt. Thread-safe. */
final class SharedBroker implements Broker {
  private final Broker broker;

  SharedBroker(Broker broker) {
    this.broker = broker;
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void start() {
    throw shared("start");
  }

  @Override
  public void kill() {
    throw shared("kill");
  }

  @Override
  public void pause() {
    throw shared("pause");
  }

  @Override
  public void resume() {
    throw shared("resume");
  }

  /** Called by the fixture after the last test of the JVM. */
  @Override
  public void close() {
    broker.close();
  }

  private static IllegalStateException shared(String what) {
    return new IllegalStateException(
        "Tried to "
            + what
            + " the broker that all test classes share; annotate the class with own = true to have"
            + " one that may be hurt.");
  }
}
