package dev.weir.testing.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The main class of the embedded broker's JVM: formats the data folder if it is empty, then is the
 * broker. Both in one JVM, because starting a second one costs more than all the rest.
 */
final class BrokerMain {
  /** Printed when clients can use the broker. */
  static final String READY = "weir: the broker is ready";

  private BrokerMain() {}

  public static void main(String[] args) throws Exception {
    KafkaRaftServer server = start(Path.of(args[0]), args[1]);
    System.out.println(READY);
    server.awaitShutdown();
  }

  static KafkaRaftServer start(Path file, String clusterId) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Path data = Path.of(properties.getProperty("log.dirs"));
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data.toString(), clusterId, Integer.parseInt(properties.getProperty("node.id")));
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return server;
  }

  private static void format(String data, String clusterId, int nodeId) throws Exception {
    new Formatter()
        .setNodeId(nodeId)
        .setClusterId(clusterId)
        .addDirectory(data)
        .setMetadataLogDirectory(data)
        .setControllerListenerName(ServerProperties.CONTROLLER)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }
}
