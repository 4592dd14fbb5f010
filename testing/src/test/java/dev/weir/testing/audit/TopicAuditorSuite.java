package dev.weir.testing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults planted in topics of a real broker. */
@Timeout(120)
interface TopicAuditorSuite {
  ExpectedSequences EXPECTED = ExpectedSequences.none().with("a", 1, 100).with("b", 1, 100);

  @Test
  default void shouldFindNothingWrongWithAPerfectTopic(TopicAdmin topics) {
    String topic = topics.createFresh("perfect", 3);
    topics.produce(numbers(topic, "a", 1, 100));
    topics.produce(numbers(topic, "b", 1, 100));

    AuditReport report = auditor(topics).sequences(topic, EXPECTED, TopicAuditorSuite::numbered);

    assertThat(report.describe()).isEqualTo("clean: expected 200 records, seen 200");
  }

  @Test
  default void shouldFindLostDoubledReorderedUnexpectedAndUnreadable(TopicAdmin topics) {
    String topic = topics.createFresh("planted", 1);
    topics.produce(numbers(topic, "a", 1, 40));
    topics.produce(numbers(topic, "a", 43, 100));
    topics.produce(numbers(topic, "a", 42, 42));
    topics.produce(numbers(topic, "b", 1, 90));
    topics.produce(numbers(topic, "b", 86, 90));
    topics.produce(topic, "stranger", "1");
    topics.produce(topic, "a", "garbage");

    AuditReport report = auditor(topics).sequences(topic, EXPECTED, TopicAuditorSuite::numbered);

    assertThat(report.counts())
        .isEqualTo(
            Map.of(
                Finding.Lost.class, 11L,
                Finding.Doubled.class, 5L,
                Finding.Reordered.class, 1L,
                Finding.Unexpected.class, 1L,
                Finding.Unreadable.class, 1L));
    assertThat(report.samples())
        .contains(new Finding.Lost("a", 41, 41, false), new Finding.Lost("b", 91, 100, true));
  }

  @Test
  default void shouldMissWhatWasAbortedAndNotMindThatItLiesInTheTopic(TopicAdmin topics) {
    String topic = topics.createFresh("aborted", 1);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      numbers(topic, "a", 1, 50).forEach(producer::send);
      producer.abortTransaction();
      producer.beginTransaction();
      numbers(topic, "a", 1, 50).forEach(producer::send);
      producer.commitTransaction();
      producer.beginTransaction();
      numbers(topic, "a", 51, 100).forEach(producer::send);
      producer.abortTransaction();
    }
    topics.awaitStable(topic);

    ExpectedSequences expected = ExpectedSequences.none().with("a", 1, 100);
    AuditReport report = auditor(topics).sequences(topic, expected, TopicAuditorSuite::numbered);

    assertThat(report.samples()).containsExactly(new Finding.Lost("a", 51, 100, true));
  }

  @Test
  default void shouldFindOutputThatBypassedItsTransaction(TopicAdmin topics) {
    String topic = topics.createFresh("bypass", 1);
    Map<Place, String> earlier = auditor(topics).committed(topic);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      topics.produce(topic, "a", "aborted attempt 1");
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "a", "aborted attempt 2"));
      producer.flush();
      producer.abortTransaction();
    }
    topics.awaitStable(topic);

    AuditReport report =
        auditor(topics)
            .visibility(topic, earlier)
            .hides(content -> content.contains("aborted attempt"))
            .finish();

    assertThat(report.samples())
        .containsExactly(new Finding.UncommittedVisible("a = aborted attempt 1", new Place(0, 0)));
  }

  @Test
  default void shouldFindWhatIsWrongWithWindows(TopicAdmin topics) {
    String topic = topics.createFresh("windows", 2);
    topics.produce(topic, "a", "0:3");
    topics.produce(topic, "a", "10:4");
    topics.produce(topic, "a", "10:4");
    topics.produce(topic, "b", "0:6");
    topics.produce(topic, "b", "50:1");
    Map<WindowKey, Long> expected =
        Map.of(
            new WindowKey("a", 0), 3L,
            new WindowKey("a", 10), 4L,
            new WindowKey("b", 0), 3L,
            new WindowKey("b", 10), 1L);

    AuditReport report = auditor(topics).windows(topic, expected, TopicAuditorSuite::window);

    assertThat(report.counts())
        .isEqualTo(
            Map.of(
                Finding.DoubledWindow.class, 1L,
                Finding.WrongValue.class, 1L,
                Finding.Unexpected.class, 1L,
                Finding.LostWindow.class, 1L));
  }

  private static TopicAuditor auditor(TopicAdmin topics) {
    return new TopicAuditor(topics.bootstrapServers());
  }

  private static List<ProducerRecord<String, String>> numbers(
      String topic, String key, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(number -> new ProducerRecord<>(topic, key, Long.toString(number)))
        .toList();
  }

  private static NumberedRecord numbered(ConsumerRecord<byte[], byte[]> record) {
    String value = text(record.value());
    return new NumberedRecord(
        text(record.key()), Long.parseLong(value), value, TopicAuditor.placeOf(record));
  }

  private static WindowResult window(ConsumerRecord<byte[], byte[]> record) {
    String[] parts = text(record.value()).split(":", 2);
    WindowKey window = new WindowKey(text(record.key()), Long.parseLong(parts[0]));
    return new WindowResult(window, Long.parseLong(parts[1]), TopicAuditor.placeOf(record));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
