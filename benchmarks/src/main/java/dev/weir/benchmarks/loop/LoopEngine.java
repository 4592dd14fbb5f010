package dev.weir.benchmarks.loop;

import dev.weir.benchmarks.work.ClientSettings;
import dev.weir.benchmarks.work.EngineArguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A thread per part of the partitions, each with a consumer and a producer of its own.
 *
 * <p>With {@code --guarantee none} records are sent and forgotten; with {@code eo} each interval is
 * a transaction that carries the offsets. Windows and state are in memory and do not survive a
 * crash: a ceiling, not a solution.
 */
public final class LoopEngine {
  private static final int PARTITIONS = 4;

  private LoopEngine() {}

  /** Takes the driver's arguments, and {@code --guarantee none|eo}. */
  public static void main(String[] given) throws InterruptedException {
    EngineArguments arguments = EngineArguments.parse(given);
    SharedWindows windows = new SharedWindows(PARTITIONS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < arguments.parallelism(); i++) {
      int index = i;
      Thread thread = new Thread(() -> loop(arguments, index, windows), "loop-" + index);
      thread.setUncaughtExceptionHandler(LoopEngine::end);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void end(Thread thread, Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private static void loop(EngineArguments arguments, int index, SharedWindows windows) {
    boolean isExactlyOnce = arguments.text("guarantee").equals("eo");
    Consumer<byte[], byte[]> consumer = consumer(arguments, index);
    Producer<byte[], byte[]> producer = producer(arguments, index, isExactlyOnce);
    LoopWork work =
        switch (arguments.workload()) {
          case "W1" -> new CountClicks(windows, producer, arguments.out());
          case "W3" -> new KeepTotals(producer, arguments.out());
          default -> new PassOn(producer, arguments.out());
        };
    Commits commits =
        isExactlyOnce
            ? new Transactions(consumer, producer, arguments.interval())
            : Commits.none(arguments.interval());
    while (true) {
      commits.around(consumer.poll(commits.patience()), work);
    }
  }

  private static Consumer<byte[], byte[]> consumer(EngineArguments arguments, int index) {
    Map<String, Object> settings = ClientSettings.consumer(arguments);
    settings.put("enable.auto.commit", false);
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, PARTITIONS)
            .filter(partition -> partition % arguments.parallelism() == index)
            .mapToObj(partition -> new TopicPartition(arguments.in(), partition))
            .toList());
    return consumer;
  }

  private static Producer<byte[], byte[]> producer(
      EngineArguments arguments, int index, boolean isExactlyOnce) {
    Map<String, Object> settings = new HashMap<>(ClientSettings.producer(arguments));
    if (isExactlyOnce) {
      settings.put("transactional.id", arguments.id() + "-" + index);
    } else {
      settings.put("acks", "1");
      settings.put("enable.idempotence", false);
    }
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    if (isExactlyOnce) {
      producer.initTransactions();
    }
    return producer;
  }
}
