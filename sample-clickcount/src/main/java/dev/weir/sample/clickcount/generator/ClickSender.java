package dev.weir.sample.clickcount.generator;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.ClickEvent;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.PlanHeaders;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands clicks to a producer: the partitions take turns, so that each gets its share of every page
 * and every window, and so do the two forms of JSON. One thread at a time.
 */
final class ClickSender {
  private final Producer<String, byte[]> producer;
  private final List<TopicPartition> partitions;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;

  ClickSender(Producer<String, byte[]> producer, List<TopicPartition> partitions) {
    this.producer = producer;
    this.partitions = partitions;
  }

  long sent() {
    return sent;
  }

  void send(ClickEvent click) {
    checkFailure();
    TopicPartition to = partitions.get((int) (sent % partitions.size()));
    byte[] json = sent % 2 == 0 ? ClickJson.withMillis(click) : ClickJson.withIsoTime(click);
    send(new ProducerRecord<>(to.topic(), to.partition(), click.page(), json));
    sent++;
  }

  /** Ends the input: one late click in each partition closes the windows before it. */
  void sendClosingClicks(InputPlan plan) {
    ClickEvent click = new ClickEvent(plan.closingTime().toEpochMilli(), InputPlan.CLOSING_PAGE);
    for (TopicPartition to : partitions) {
      ProducerRecord<String, byte[]> closing =
          new ProducerRecord<>(
              to.topic(), to.partition(), click.page(), ClickJson.withMillis(click));
      PlanHeaders.write(plan, closing.headers());
      send(closing);
    }
  }

  void awaitAcknowledgements() {
    producer.flush();
    checkFailure();
  }

  private void send(ProducerRecord<String, byte[]> click) {
    // The callback hears of every failure; nobody needs the future.
    Future<RecordMetadata> unused =
        producer.send(
            click,
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  private void checkFailure() {
    Exception found = failure.get();
    if (found != null) {
      throw new WeirException(
          "Kafka has refused a click for topic '"
              + partitions.get(0).topic()
              + "': "
              + found.getMessage()
              + ". Start over with an empty topic.",
          found);
    }
  }
}
