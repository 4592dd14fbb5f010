package dev.weir.sample.clickcount.demo;

/**
 * Everything that a demo must clear away: processes, folder, topics, broker. Thread-safe: closed by
 * the steering thread at the end, or by a shutdown hook when the user interrupts the demo.
 */
final class DemoSetup implements AutoCloseable {
  private final DemoCluster cluster;
  private final Crew crew;
  private boolean isClosed;

  private DemoSetup(DemoCluster cluster, Crew crew) {
    this.cluster = cluster;
    this.crew = crew;
  }

  static DemoSetup open(DemoSettings settings, String mainClass) {
    DemoNames names = DemoNames.forRun(settings.seed());
    DemoCluster cluster = DemoCluster.open(settings.bootstrapServers(), names);
    Crew crew = new Crew(new Commands(mainClass, settings, cluster));
    DemoSetup setup = new DemoSetup(cluster, crew);
    Runtime.getRuntime().addShutdownHook(new Thread(setup::close, "weir-demo-end"));
    return setup;
  }

  DemoCluster cluster() {
    return cluster;
  }

  Crew crew() {
    return crew;
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      crew.close();
    } finally {
      cluster.close();
    }
  }
}
