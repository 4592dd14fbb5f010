package dev.weir.testing.suite.job;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobListener;
import dev.weir.job.RestartStrategy;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Counts large records in a JVM of its own, slower than they can be read, and prints {@code
 * COMPLETED 3} for each checkpoint. Ends with the end of its input; any failure ends it, too.
 */
public final class HeavyMain {
  private HeavyMain() {}

  /**
   * A record of the input: its number within its key, from 1, and much text behind a space.
   *
   * @param key Kafka's key
   * @param text Kafka's value
   */
  record Heavy(String key, String text) {
    long number() {
      return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Settings settings = Settings.ofThisJvm();
    JobConfig config =
        JobConfig.builder()
            .parallelism(settings.number(Setting.PARALLELISM))
            .checkpointStorage(Path.of(settings.text(Setting.FOLDER)))
            .checkpointInterval(Duration.ofMillis(settings.number(Setting.INTERVAL)))
            .standbyDetection(Duration.ZERO)
            .restartStrategy(RestartStrategy.none())
            .listener(
                new JobListener() {
                  @Override
                  public void onCheckpoint(long id, Duration duration, long bytes) {
                    System.out.println("COMPLETED " + id);
                  }
                })
            .build();
    try (Job job = Weir.start(pipeline(settings), config)) {
      job.await();
    }
    System.exit(SuiteJobMain.FINISHED);
  }

  private static Pipeline pipeline(Settings settings) {
    Pipeline pipeline = Pipeline.named(settings.text(Setting.NAME));
    String input = settings.text(Setting.INPUT);
    KafkaSource<Heavy> source =
        KafkaSource.<Heavy>builder()
            .bootstrapServers(settings.text(Setting.SERVERS))
            .topics(input)
            .decoder(
                KafkaRecordDecoder.ofKeyAndValue(
                    new StringDeserializer(), new StringDeserializer(), Heavy::new))
            .withoutDiscovery()
            .bounded(SuitePipeline.stopsOf(input, settings.numbers(Setting.STOPS).orElseThrow()))
            .build();
    KafkaSink<Result> sink =
        KafkaSink.<Result>builder()
            .bootstrapServers(settings.text(Setting.SERVERS))
            .topic(settings.text(Setting.OUTPUT))
            .key(Result::key, new StringSerializer())
            .value((topic, each) -> each.value().getBytes(StandardCharsets.UTF_8))
            .build();
    pipeline
        .source("records", source)
        .keyBy(Heavy::key)
        .process("count", new SlowCount())
        .sink("results", sink);
    return pipeline;
  }

  /** Counts the records of each key, and takes a moment for each. */
  private static final class SlowCount implements KeyedProcessFunction<String, Heavy, Result> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> COUNT =
        ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Heavy record, Context<String, Result> context) {
      LockSupport.parkNanos(1); // Which takes some 60 microseconds, or more.
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.collect(new Result(record.key(), record.number(), count));
    }
  }
}
