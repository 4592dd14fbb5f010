package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One checkpoint after the other fails, and its attempt with it: each takes with it all it had. */
@OnBroker(BrokerKind.EMBEDDED)
@Timeout(180)
class ManyFailuresIT {
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final int FIRST = 6;
  private static final int THEN = 16;
  private static final int GLANCES = 40;
  private static final long GLANCE_NANOS = 25_000_000;
  private static final long SPARE_HEAP = 24L << 20;

  /** Counts; with state in RocksDB, which has native handles. */
  private static final class Count implements KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> COUNT =
        ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(String value, Context<String, String> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(value + " " + count);
    }
  }

  /** What a process may use up; the least that was seen, since an attempt under way has more. */
  private record Used(long threads, long files, long heapBytes) {
    static Used least() throws IOException {
      Used least = now();
      for (int i = 0; i < GLANCES; i++) {
        LockSupport.parkNanos(GLANCE_NANOS);
        Used now = now();
        least =
            new Used(
                Math.min(least.threads, now.threads),
                Math.min(least.files, now.files),
                Math.min(least.heapBytes, now.heapBytes));
      }
      System.gc();
      return new Used(least.threads, least.files, Math.min(least.heapBytes, now().heapBytes));
    }

    private static Used now() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return new Used(
            ManagementFactory.getThreadMXBean().getThreadCount(),
            files.count(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }
  }

  @Tag("S12")
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldLeaveNoThreadsFilesOrMemoryBehindHoweverManyCheckpointsFail(
      TopicAdmin topics, @TempDir Path folder) throws Exception {
    String input = topics.createFresh("in", 1);
    topics.produce(
        IntStream.range(0, 100_000)
            .mapToObj(i -> new ProducerRecord<>(input, "k" + i % 7, "v"))
            .toList());
    FaultyClients clients = new FaultyClients();
    AtomicInteger failures = new AtomicInteger();
    clients.before("flush", call -> failFromTimeToTime(failures));
    JobConfig config =
        JobConfig.builder()
            .parallelism(2)
            .stateBackend(StateBackend.ROCKSDB)
            .checkpointStorage(folder.resolve("checkpoints"))
            .localDirectory(folder.resolve("local"))
            .checkpointInterval(Duration.ofMillis(20))
            .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(1), 10_000))
            .build();

    try (Job job = Weir.start(pipeline(topics, input, clients), config)) {
      awaitRestarts(job, FIRST);
      Used before = Used.least();
      long restarts = job.status().restarts();
      awaitRestarts(job, restarts + THEN);
      Used after = Used.least();

      System.out.printf(
          "ManyFailuresIT: %s, and %d restarts later %s%n",
          before, job.status().restarts() - restarts, after);
      assertThat(after.threads()).as("threads").isLessThan(before.threads() + THEN / 2);
      assertThat(after.files()).as("open files").isLessThan(before.files() + THEN / 2);
      assertThat(after.heapBytes()).as("heap").isLessThan(before.heapBytes() + SPARE_HEAP);
    }
  }

  private static void failFromTimeToTime(AtomicInteger calls) {
    if (calls.incrementAndGet() % 11 == 0) {
      throw new KafkaException("planted");
    }
  }

  private static void awaitRestarts(Job job, long restarts) {
    Await.until(
        restarts + " restarts",
        BOUND,
        () -> {
          assertThat(job.status().state().isTerminal()).as("%s", job.status()).isFalse();
          return job.status().restarts() >= restarts;
        });
  }

  private static Pipeline pipeline(TopicAdmin topics, String input, FaultyClients clients) {
    Pipeline pipeline = Pipeline.named("failing-" + input);
    KafkaSource<String> source =
        KafkaSource.<String>builder()
            .bootstrapServers(topics.bootstrapServers())
            .topics(input)
            .decoder(
                KafkaRecordDecoder.ofKeyAndValue(
                    new StringDeserializer(), new StringDeserializer(), (key, value) -> key))
            .build();
    KafkaSink<String> sink =
        KafkaSink.<String>builder()
            .bootstrapServers(topics.bootstrapServers())
            .topic(topics.createFresh("out", 1))
            .value(new StringSerializer())
            .clients(clients)
            .build();
    pipeline
        .source("records", source)
        .map(
            key -> {
              LockSupport.parkNanos(1_000_000);
              return key;
            })
        .keyBy(key -> key)
        .process("count", new Count())
        .sink("results", sink);
    return pipeline;
  }
}
