package dev.weir.benchmarks.weir;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How long jobs take from {@code Weir.start} to their first record in a JVM that has run some. */
public final class WarmStarts {
  private static final int PARTITIONS = 4;
  private static final int COLD = 10;
  private static final int RECORDS = 100;

  private final EmbeddedBroker broker;
  private final Histogram millis = new Histogram(3);

  private WarmStarts(EmbeddedBroker broker) {
    this.broker = broker;
  }

  /** Takes the number of starts; each is a job of its own, with topics of its own. */
  public static void main(String[] given) throws Exception {
    int starts = given.length == 0 ? 30 : Integer.parseInt(given[0]);
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      new WarmStarts(broker).run(starts);
    }
  }

  @SuppressWarnings("SystemOut") // What it is for.
  private void run(int starts) throws Exception {
    for (int i = 0; i < COLD + starts; i++) {
      long taken = start("warm-" + i);
      System.out.println((i < COLD ? "not counted: " : "") + taken + " ms");
      if (i >= COLD) {
        millis.recordValue(taken);
      }
    }
    System.out.printf(
        "median %d ms (%d to %d) of %d%n",
        millis.getValueAtPercentile(50), millis.getMinValue(), millis.getMaxValue(), starts);
  }

  private long start(String name) throws Exception {
    fill(name);
    CompletableFuture<Long> first = new CompletableFuture<>();
    Path folder = Files.createTempDirectory("weir-warm-");
    JobConfig config =
        JobConfig.builder()
            .parallelism(2)
            .checkpointInterval(java.time.Duration.ofSeconds(1))
            .checkpointStorage(folder)
            .build();
    long began = System.nanoTime();
    try (Job job = Weir.start(pipeline(name, first), config)) {
      long taken = first.get(1, TimeUnit.MINUTES) - began;
      return TimeUnit.NANOSECONDS.toMillis(taken);
    }
  }

  private void fill(String name) throws Exception {
    try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
      topics.create(name + "-in", PARTITIONS);
      topics.create(name + "-out", PARTITIONS);
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), bytes, bytes)) {
      for (int i = 0; i < RECORDS; i++) {
        Future<?> unused =
            producer.send(new ProducerRecord<>(name + "-in", i % PARTITIONS, null, new byte[100]));
      }
      producer.flush();
    }
  }

  private Pipeline pipeline(String name, CompletableFuture<Long> first) {
    Pipeline pipeline = Pipeline.named(name);
    pipeline
        .source(
            "in",
            KafkaSource.<byte[]>builder()
                .bootstrapServers(broker.bootstrapServers())
                .topics(name + "-in")
                .decoder(KafkaRecordDecoder.ofValue(new ByteArrayDeserializer()))
                .build())
        .map(
            value -> {
              first.complete(System.nanoTime());
              return value;
            })
        .sink(
            "out",
            KafkaSink.<byte[]>builder()
                .bootstrapServers(broker.bootstrapServers())
                .topic(name + "-out")
                .value(new ByteArraySerializer())
                .build());
    return pipeline;
  }
}
