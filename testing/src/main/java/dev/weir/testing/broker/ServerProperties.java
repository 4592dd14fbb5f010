package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The {@code server.properties} of the embedded broker. Clients, the broker itself and the
 * controller have a listener each, so that a broken link to clients leaves transaction markers
 * flowing. Confined to one thread.
 */
final class ServerProperties {
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENT = "PLAINTEXT";
  private static final String BROKER = "BROKER";
  private static final String SECURED = "SECURED";

  private ServerProperties() {}

  /** Writes the file; the broker's data will be beside it. */
  static void write(Path file, BrokerSettings settings, int brokerPort) {
    Properties properties = new Properties();
    properties.putAll(of(settings, brokerPort, file.resolveSibling("data")));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new WeirException(
          "Tried to write the broker's settings to "
              + file
              + ", the system refused; is there space?",
          e);
    }
  }

  static Map<String, String> of(BrokerSettings settings, int brokerPort, Path data) {
    ClusterPlace place = settings.place();
    String inside = BROKER + "://127.0.0.1:" + brokerPort;
    Map<String, String> all = new TreeMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(place.nodeId()));
    all.put(
        "controller.quorum.voters",
        place.voters(n -> "127.0.0.1:" + place.controllerPorts().get(n - 1)));
    all.put("controller.listener.names", CONTROLLER);
    all.put("inter.broker.listener.name", BROKER);
    String secured = secured(settings);
    all.put(
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT,%s:PLAINTEXT,%s:SASL_PLAINTEXT"
            .formatted(CLIENT, BROKER, CONTROLLER, SECURED));
    all.put(
        "listeners",
        "%s://127.0.0.1:%d,%s,%s://127.0.0.1:%d%s"
            .formatted(
                CLIENT, settings.port(), inside, CONTROLLER, place.controllerPort(), secured));
    all.put(
        "advertised.listeners",
        CLIENT + "://" + settings.bootstrapServers() + "," + inside + secured);
    all.put("log.dirs", data.toString());
    all.putAll(settings.properties());
    return all;
  }

  private static String secured(BrokerSettings settings) {
    OptionalInt port = settings.securedPort();
    return port.isPresent() ? "," + SECURED + "://127.0.0.1:" + port.getAsInt() : "";
  }
}
