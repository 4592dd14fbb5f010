package dev.weir.benchmarks.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the driver tells an engine: pairs of {@code --name value}. Immutable. */
public final class EngineArguments {
  private final Map<String, String> values;

  private EngineArguments(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Reads the arguments of a main method. */
  public static EngineArguments parse(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "Expected --name value, got " + arguments[i] + ". Engines are started by the driver.");
      }
      values.put(arguments[i].substring(2), arguments[i + 1]);
    }
    return new EngineArguments(values);
  }

  /** An argument that must be there. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected --" + name + ", got " + values.keySet() + ". The driver gives it.");
    }
    return value;
  }

  /** An argument, or what stands for it. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** W1 to W9. */
  public String workload() {
    return text("workload");
  }

  /** Whether it needs no Kafka and ends by itself. */
  public boolean isEngineOnly() {
    return List.of("W6", "W8", "W9").contains(workload());
  }

  /**
   * Fit for a group id, an application id or a prefix of transactional ids; the same on restart.
   */
  public String id() {
    return text("id");
  }

  /** The place for state; the same on restart. */
  public Path folder() {
    return Path.of(text("dir"));
  }

  /** From one commit or checkpoint to the next. */
  public Duration interval() {
    return Duration.ofMillis(Long.parseLong(text("interval")));
  }

  /** Number of threads or tasks. */
  public int parallelism() {
    return Integer.parseInt(text("parallelism"));
  }

  /** W6, W8 and W9: how many numbers. */
  public long count() {
    return Long.parseLong(text("count"));
  }

  /** W8 and W9: how many keys. */
  public long keys() {
    return Long.parseLong(text("keys"));
  }

  /** The broker. */
  public String bootstrap() {
    return text("bootstrap");
  }

  /** The input topic. */
  public String in() {
    return text("in");
  }

  /** The output topic. */
  public String out() {
    return text("out");
  }
}
