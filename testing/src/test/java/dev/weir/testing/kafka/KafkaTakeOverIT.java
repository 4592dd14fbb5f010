package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.error.FencedException;
import dev.weir.error.WeirException;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;

/** Instances of one job that start at the same time, slowed down at random around each step. */
@OnBroker(BrokerKind.EMBEDDED)
class KafkaTakeOverIT {
  private static final int MAX_DELAY_MICROS = 15_000;

  @Tag("S08")
  @RepeatedTest(24)
  void shouldLetOneInstanceAtATimeCompleteEachCheckpoint(
      RepetitionInfo repetition, Broker broker, TopicAdmin topics) throws Exception {
    long seed = Long.getLong("seed", 1_000L + repetition.getCurrentRepetition());
    int instances = 2 + repetition.getCurrentRepetition() % 2;
    String output = topics.createFresh("contended", 1);
    ExecutorService threads = Executors.newFixedThreadPool(instances);

    List<Future<Optional<String>>> runs = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      Random random = new Random(seed * 31 + i);
      runs.add(threads.submit(() -> completeOne(() -> job(broker, output, random))));
    }
    List<String> completed = new ArrayList<>();
    for (Future<Optional<String>> run : runs) {
      run.get().ifPresent(completed::add);
    }

    assertThat(completed).as("checkpoints completed, seed %d", seed).isNotEmpty();
    topics.awaitStable(output);
    assertThat(topics.readCommitted(output))
        .extracting(ConsumerRecord::value)
        .as("output, seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(completed)
        .isSorted()
        .extracting(value -> value.split(" by ")[0])
        .doesNotHaveDuplicates();
    threads.shutdownNow();
  }

  /** As the engine does it: a failed attempt is followed by another, unless a newer one runs. */
  private static Optional<String> completeOne(Supplier<LedgerJob> attempts) throws Exception {
    while (true) {
      try (LedgerJob attempt = attempts.get().started()) {
        long next = attempt.takeOver().lastCompleted().map(e -> e.checkpointId() + 1).orElse(0L);
        String value = "checkpoint " + next + " by " + attempt.takeOver().attempt();
        attempt.write(value).prepare(next).complete(next);
        return Optional.of(value);
      } catch (FencedException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof FencedException) {
          return Optional.empty();
        }
      } catch (WeirException e) {
        assertThat(e.isRestartable()).as(e.getMessage()).isTrue();
      }
    }
  }

  private static LedgerJob job(Broker broker, String output, Random random) {
    FaultyClients clients = new FaultyClients();
    for (String method : List.of("initTransactions", "beginTransaction", "commitTransaction")) {
      clients.before(method, call -> delay(random));
      clients.after(method, call -> delay(random));
    }
    return new LedgerJob(
        "job-of-" + output,
        KafkaSink.<String>builder()
            .bootstrapServers(broker.bootstrapServers())
            .topic(output)
            .value(new StringSerializer())
            .clients(clients)
            .build());
  }

  private static void delay(Random random) {
    LockSupport.parkNanos(1_000L * random.nextInt(MAX_DELAY_MICROS));
  }
}
