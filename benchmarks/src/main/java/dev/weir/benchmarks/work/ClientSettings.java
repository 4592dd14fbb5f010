package dev.weir.benchmarks.work;

import java.util.HashMap;
import java.util.Map;

/** The settings of Kafka's clients that every engine gets. Pure. */
public final class ClientSettings {
  private ClientSettings() {}

  /** For consumers, without the broker's address. */
  public static Map<String, String> consumer() {
    return Map.of("max.poll.records", "32768");
  }

  /** For producers, without the broker's address. */
  public static Map<String, String> producer() {
    return Map.of("batch.size", "131072", "linger.ms", "5", "buffer.memory", "67108864");
  }

  /** For a consumer of one's own. */
  public static Map<String, Object> consumer(EngineArguments arguments) {
    Map<String, Object> settings = new HashMap<>(consumer());
    settings.put("bootstrap.servers", arguments.bootstrap());
    settings.put("group.id", arguments.id());
    settings.put("auto.offset.reset", "earliest");
    return settings;
  }

  /** For a producer of one's own. */
  public static Map<String, Object> producer(EngineArguments arguments) {
    Map<String, Object> settings = new HashMap<>(producer());
    settings.put("bootstrap.servers", arguments.bootstrap());
    return settings;
  }
}
