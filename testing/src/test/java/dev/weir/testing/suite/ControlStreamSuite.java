package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaRecordDecoder;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream of orders whose price is said by another stream, which every task sees. */
@Timeout(120)
interface ControlStreamSuite {
  int ACCOUNTS = 7;
  int ORDERS_PER_LEG = 1_400;
  Duration BOUND = Duration.ofSeconds(60);

  /** An order, or a price. */
  record Message(String key, long number) {}

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  default void shouldApplyEachPriceAtEveryTaskAndCountEachOrderOnceOverCrashesAndRescales(
      StateBackend backend, TopicAdmin topics, @TempDir Path folder) throws Exception {
    Topics names =
        new Topics(
            topics.createFresh("orders", 3),
            topics.createFresh("prices", 1),
            topics.createFresh("bills", 2));
    AtomicInteger crashes = new AtomicInteger();
    int expected = 0;
    int price = 1;

    for (int parallelism : new int[] {1, 3, 2}) {
      JobConfig config = config(backend, parallelism, folder);
      try (Job job = Weir.start(pipeline(topics, names, crashes), config)) {
        topics.produce(names.prices(), "order", Integer.toString(price));
        expected += parallelism;
        awaitBills(topics, names, expected);
        topics.produce(orders(names));
        expected += ORDERS_PER_LEG;
        awaitBills(topics, names, expected);
        job.stop();
        job.await();
      }
      price++;
    }

    List<ConsumerRecord<String, String>> bills = topics.readCommitted(names.bills());
    assertThat(bills)
        .filteredOn(bill -> bill.key().equals("applied"))
        .extracting(ConsumerRecord::value)
        .as("one of each task, for each price")
        .containsExactlyInAnyOrder("1", "2", "2", "2", "3", "3");
    for (int account = 0; account < ACCOUNTS; account++) {
      String key = "account-" + account;
      assertThat(bills)
          .filteredOn(bill -> bill.key().equals(key))
          .extracting(ConsumerRecord::value)
          .as(key)
          .containsExactlyElementsOf(balances());
    }
    assertThat(crashes).as("crashes").hasValueGreaterThanOrEqualTo(3);
  }

  /** What is owed after each order of an account. */
  private static List<String> balances() {
    int perLeg = ORDERS_PER_LEG / ACCOUNTS;
    return IntStream.range(0, 3 * perLeg)
        .mapToLong(
            n -> {
              int leg = n / perLeg;
              long before = perLeg * (leg * (leg + 1L) / 2);
              return before + (n % perLeg + 1) * (leg + 1L);
            })
        .mapToObj(Long::toString)
        .toList();
  }

  private static List<ProducerRecord<String, String>> orders(Topics names) {
    return IntStream.range(0, ORDERS_PER_LEG)
        .mapToObj(n -> new ProducerRecord<>(names.orders(), "account-" + n % ACCOUNTS, "1"))
        .toList();
  }

  private static void awaitBills(TopicAdmin topics, Topics names, int count) {
    Await.until(count + " bills", BOUND, () -> topics.readCommitted(names.bills()).size() >= count);
  }

  private static Pipeline pipeline(TopicAdmin topics, Topics names, AtomicInteger crashes) {
    Pipeline pipeline = Pipeline.named(names.orders());
    DataStream<Message> prices = pipeline.source("prices", source(topics, names.prices()));
    AtomicInteger seen = new AtomicInteger();
    pipeline
        .source("orders", source(topics, names.orders()))
        .map(
            order -> {
              if (seen.incrementAndGet() == ORDERS_PER_LEG / 2) {
                crashes.incrementAndGet();
                throw new IllegalStateException("planted");
              }
              return order;
            })
        .keyBy(Message::key)
        .connect(prices.broadcast(Bills.PRICES))
        .process("bills", new Bills())
        .sink(
            "billed",
            KafkaSink.<Message>builder()
                .bootstrapServers(topics.bootstrapServers())
                .topic(names.bills())
                .key(Message::key, new StringSerializer())
                .value(
                    (topic, bill) -> Long.toString(bill.number()).getBytes(StandardCharsets.UTF_8))
                .build());
    return pipeline;
  }

  private static KafkaSource<Message> source(TopicAdmin topics, String topic) {
    return KafkaSource.<Message>builder()
        .bootstrapServers(topics.bootstrapServers())
        .topics(topic)
        .decoder(
            KafkaRecordDecoder.ofKeyAndValue(
                new StringDeserializer(),
                new StringDeserializer(),
                (key, value) -> new Message(key, Long.parseLong(value))))
        .build();
  }

  private static JobConfig config(StateBackend backend, int parallelism, Path folder) {
    return JobConfig.builder()
        .stateBackend(backend)
        .parallelism(parallelism)
        .checkpointStorage(folder.resolve("checkpoints"))
        .localDirectory(folder.resolve("local"))
        .checkpointInterval(Duration.ofMillis(50))
        .restartStrategy(RestartStrategy.fixedDelay(Duration.ofMillis(10), 10))
        .standbyDetection(Duration.ZERO)
        .build();
  }

  /** What is read and written. */
  record Topics(String orders, String prices, String bills) {}

  /** Adds up what accounts owe at the price of now. */
  final class Bills implements KeyedBroadcastProcessFunction<String, Message, Message, Message> {
    private static final long serialVersionUID = 1L;
    private static final MapStateDescriptor<String, Long> PRICES =
        MapStateDescriptor.of("prices", String.class, Long.class);
    private static final ValueStateDescriptor<Long> OWED =
        ValueStateDescriptor.of("owed", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(OWED);
    }

    @Override
    public void process(Message order, Context<String, Message> context) {
      long price = context.broadcastState(PRICES).get("order").orElseThrow();
      long owed = context.state(OWED).getOr(0L) + price * order.number();
      context.state(OWED).set(owed);
      context.collect(new Message(order.key(), owed));
    }

    @Override
    public void processBroadcast(Message price, BroadcastContext<Message> context) {
      context.broadcastState(PRICES).put(price.key(), price.number());
      context.collect(new Message("applied", price.number()));
    }
  }
}
