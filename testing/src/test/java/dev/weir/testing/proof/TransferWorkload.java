package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.stored.StateRow;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.proof.TestPipelines.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Transfers between accounts: each takes an amount from one and gives it to another, which another
 * task may keep, and says so in two topics. Together the accounts have nothing at any checkpoint,
 * and no transaction shows half a transfer. Immutable.
 */
final class TransferWorkload implements Workload {
  private static final String DEBITS = "debits";
  private static final String CREDITS = "credits";
  private static final int ACCOUNTS = 6;
  private static final int TRANSFERS = 30;
  private static final int AMOUNTS = 9;
  private static final List<Input.How> HOWS = List.of(Input.How.values());

  private final long seed;

  TransferWorkload(long seed) {
    this.seed = seed;
  }

  @Override
  public Map<String, Integer> topics() {
    int partitions = TestWorkload.PARTITIONS;
    return Map.of(TestPipelines.INPUT, partitions, DEBITS, partitions, CREDITS, partitions);
  }

  @Override
  public List<Input> input() {
    Random random = new Random(seed * 37 + 5);
    boolean isTransactional = random.nextInt(3) == 0;
    List<Input> input = new ArrayList<>();
    for (int number = 0; number < TRANSFERS; number++) {
      Input.How how = isTransactional ? HOWS.get(random.nextInt(HOWS.size())) : Input.How.PLAIN;
      int from = random.nextInt(ACCOUNTS);
      TopicPartition to =
          new TopicPartition(TestPipelines.INPUT, random.nextInt(TestWorkload.PARTITIONS));
      input.add(new Input(to, "a" + from, Integer.toString(number), number * 10L, how));
    }
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("transfers");
    DataStream<Entry> booked =
        pipeline
            .source("records", TestPipelines.source(clients, stops))
            .<Entry>flatMap(
                (transfer, out) -> entries(transfer.key(), transfer.number()).forEach(out::collect))
            .keyBy(Entry::account)
            .process("balance", new Balance());
    booked
        .filter(entry -> entry.amount() < 0)
        .map(Entry::result)
        .sink("debits", TestPipelines.sink(DEBITS, clients));
    booked
        .filter(entry -> entry.amount() > 0)
        .map(Entry::result)
        .sink("credits", TestPipelines.sink(CREDITS, clients));
    return pipeline;
  }

  /** What a transfer does; its number says how much goes to whom. */
  private static Stream<Entry> entries(String from, long number) {
    long amount = 1 + number % AMOUNTS;
    long there = (Long.parseLong(from.substring(1)) + 1 + number % (ACCOUNTS - 1)) % ACCOUNTS;
    return Stream.of(new Entry(from, number, -amount), new Entry("a" + there, number, amount));
  }

  private static Stream<Entry> entries(Input transfer) {
    return entries(transfer.key(), Long.parseLong(transfer.value()));
  }

  /** Both results of a transfer have its number. */
  @Override
  public Optional<Origins> origins() {
    return Optional.of(
        new Origins() {
          @Override
          public String of(Input transfer) {
            return transfer.value();
          }

          @Override
          public String of(ConsumerRecord<byte[], byte[]> result) {
            return Long.toString(Judgement.result(result).number());
          }
        });
  }

  @Override
  public Optional<Memory> memory() {
    return Optional.of(TransferWorkload::judgeBalances);
  }

  private static List<String> judgeBalances(List<StateRow> rows, List<Input> read) {
    Map<Object, Long> right = new TreeMap<>();
    read.stream()
        .flatMap(TransferWorkload::entries)
        .forEach(entry -> right.merge(entry.account(), entry.amount(), Long::sum));
    Map<Object, Long> found = new TreeMap<>();
    rows.stream()
        .filter(row -> row.table().equals("value.balance"))
        .forEach(row -> found.merge(row.key(), (Long) row.value(), Long::sum));
    List<String> findings = new ArrayList<>();
    if (!found.equals(right)) {
      findings.add("the balances are " + found + ", not " + right);
    }
    long sum = found.values().stream().mapToLong(each -> each).sum();
    if (sum != 0) {
      findings.add("the accounts have together " + sum + ", of nothing that was there");
    }
    return findings;
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    List<String> findings = new ArrayList<>();
    for (String topic : List.of(DEBITS, CREDITS)) {
      List<String> right =
          input.stream()
              .filter(Input::isVisible)
              .flatMap(TransferWorkload::entries)
              .filter(entry -> topic.equals(entry.amount() < 0 ? DEBITS : CREDITS))
              .map(Entry::toString)
              .sorted()
              .toList();
      List<String> found =
          output.get(topic).stream()
              .map(Judgement::result)
              .map(result -> new Entry(result.key(), result.number(), result.count()).toString())
              .sorted()
              .toList();
      if (!found.equals(right)) {
        findings.add(topic + " has " + found + ", not " + right);
      }
    }
    return findings;
  }

  /** Half of a transfer. */
  private record Entry(String account, long number, long amount) {
    Result result() {
      return new Result(account, number, amount);
    }
  }

  /** Books what comes, and passes it on. */
  private static final class Balance implements KeyedProcessFunction<String, Entry, Entry> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> BALANCE =
        ValueStateDescriptor.of("balance", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(BALANCE);
    }

    @Override
    public void process(Entry entry, Context<String, Entry> context) {
      context.state(BALANCE).set(context.state(BALANCE).getOr(0L) + entry.amount());
      context.collect(entry);
    }
  }
}
