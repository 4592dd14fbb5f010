package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.HeldRequest;
import dev.weir.testing.fault.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request to commit is held on its way while the client asks again by another connection, and
 * arrives when the next transaction of the same id is open.
 */
@Timeout(120)
class LateCommitIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final short END_TXN = 26;

  @Tag("S17")
  @Tag("N08")
  @Test
  void shouldNotEndALaterTransactionByACommitThatArrivesLate() throws Exception {
    BrokerSettings settings = BrokerSettings.forTests();
    try (Link link = Link.to(settings.port());
        Broker broker = new EmbeddedBroker(settings.advertising(link.port()))) {
      broker.start();
      try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
          LedgerJob job = new LedgerJob("job", sink(broker, topics)).started()) {
        List<String> completed = new ArrayList<>(List.of("0"));
        job.write("0").prepare(0);
        String id = topics.openTransactions().get(0);
        HeldRequest late = link.holdNext(END_TXN);
        job.complete(0);
        assertThat(late.isHeld()).as("the first request to commit").isTrue();
        int next = openAgain(job, topics, id, completed);

        late.release();
        Await.until("the answer to the late request", BOUND, late::isAnswered);

        assertThat(topics.openTransactions()).contains(id);
        assertThat(committed(topics)).isEqualTo(completed);
        job.complete(next);
        completed.add(Integer.toString(next));
        Await.until("the last value", BOUND, () -> committed(topics).equals(completed));
      }
    }
  }

  /** Completes checkpoints until this id has a transaction again; tells of which checkpoint. */
  private static int openAgain(LedgerJob job, TopicAdmin topics, String id, List<String> completed)
      throws Exception {
    for (int next = 1; next < 10; next++) {
      job.write(Integer.toString(next)).prepare(next);
      if (topics.openTransactions().contains(id)) {
        return next;
      }
      job.complete(next);
      completed.add(Integer.toString(next));
    }
    throw new AssertionError(id + " is not used again");
  }

  private static List<String> committed(TopicAdmin topics) {
    return topics.readCommitted("output").stream().map(ConsumerRecord::value).toList();
  }

  private static KafkaSink<String> sink(Broker broker, TopicAdmin topics) {
    topics.create("output", 1);
    return KafkaSink.<String>builder()
        .bootstrapServers(broker.bootstrapServers())
        .topic("output")
        .value(new StringSerializer())
        .property("request.timeout.ms", 2_000)
        .build();
  }
}
