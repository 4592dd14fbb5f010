package dev.weir.benchmarks.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The engines, each with its best settings that we know; docs/performance.md explains them. */
public enum Engine {
  /** The project's own. */
  WEIR("weir", "", 2, "dev.weir.benchmarks.weir.WeirEngine"),
  /** The same with RocksDB. */
  WEIR_ROCKSDB("weir-rocksdb", "", 2, "dev.weir.benchmarks.weir.WeirEngine --backend rocksdb"),
  /** Without the JVM's compilers, so many times slower: shows that a guard of ratios can fail. */
  WEIR_INTERPRETED("weir-interpreted", "", 2, "-Xint dev.weir.benchmarks.weir.WeirEngine"),
  /** By hand, each interval a transaction. */
  LOOP("loop", "", 2, "dev.weir.benchmarks.loop.LoopEngine --guarantee eo"),
  /** By hand, sent and forgotten. */
  LOOP_NONE("loop-none", "", 2, "dev.weir.benchmarks.loop.LoopEngine --guarantee none"),
  /** Kafka Streams. */
  STREAMS("kstreams", "streams", 2, "dev.weir.benchmarks.streams.StreamsEngine"),
  /** Flink with state on the heap. */
  FLINK("flink", "flink", 4, "dev.weir.benchmarks.flink.FlinkEngine"),
  /** Flink with RocksDB. */
  FLINK_ROCKSDB(
      "flink-rocksdb", "flink", 2, "dev.weir.benchmarks.flink.FlinkEngine --backend rocksdb"),
  /** Hazelcast Jet. */
  JET("jet", "jet", 4, "dev.weir.benchmarks.jet.JetEngine");

  /** Heap that much state needs where it is on it. */
  private static final int BIG_HEAP_GIB = 6;

  private static final List<String> FLINK_OPENS =
      List.of(
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");
  private static final List<String> JET_OPENS =
      List.of(
          "-Dhazelcast.logging.type=slf4j",
          "-Djava.net.preferIPv4Stack=true",
          "--add-modules=java.se",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  private final String name;
  private final String module;
  private final int heapGiB;
  private final String main;

  Engine(String name, String module, int heapGiB, String main) {
    this.name = name;
    this.module = module;
    this.heapGiB = heapGiB;
    this.main = main;
  }

  /** What users call it. */
  public String label() {
    return name;
  }

  /** The engine of a label. */
  public static Optional<Engine> of(String label) {
    return Arrays.stream(values()).filter(engine -> engine.name.equals(label)).findFirst();
  }

  /** Its module below the benchmarks' folder; empty for the benchmarks themselves. */
  String module() {
    return module;
  }

  /** The command up to the driver's arguments, for much state or not, with options of the JVM. */
  List<String> command(boolean isBig, String classPath, List<String> options) {
    boolean isOnHeap = !name.endsWith("rocksdb") && this != STREAMS;
    int heap = isBig && isOnHeap ? BIG_HEAP_GIB : heapGiB;
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xms" + heap + "g", "-Xmx" + heap + "g"));
    command.addAll(options);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(module.equals("flink") ? FLINK_OPENS : List.of());
    command.addAll(module.equals("jet") ? JET_OPENS : List.of());
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main.split(" ", -1)));
    return command;
  }
}
