package dev.weir.sample.clickcount.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.ClickEvent;
import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.PlanHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ClickSenderTest {
  private static final InputPlan PLAN = new InputPlan(Instant.parse("2026-01-01T00:00:00Z"), 1);
  private static final List<TopicPartition> PARTITIONS =
      IntStream.range(0, 4).mapToObj(index -> new TopicPartition("input", index)).toList();

  private final JsonMapper json = JsonMapper.builder().build();
  private final MockProducer<String, byte[]> producer = producer(true);
  private final ClickSender sender = new ClickSender(producer, PARTITIONS);

  @Test
  void shouldUsePartitionsEvenlyForEachPage() {
    new ClickSequence(PLAN.start(), 1, 5).forEachRemaining(sender::send);

    Map<String, Long> counts =
        producer.history().stream()
            .collect(
                Collectors.groupingBy(
                    record -> record.key() + "-" + record.partition(), Collectors.counting()));
    assertThat(counts).hasSize(PARTITIONS.size() * Clicks.PAGES.size());
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(200L, 300L));
  }

  @Test
  void shouldWriteBothFormsOfTimestamp() {
    ClickEvent click = new ClickEvent(PLAN.start().toEpochMilli() + 5, "/about");

    sender.send(click);
    sender.send(click);

    assertThat(producer.history())
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .containsExactly(
            "{\"timestamp\":1767225600005,\"page\":\"/about\"}",
            "{\"timestamp\":\"2026-01-01T00:00:00.005Z\",\"page\":\"/about\"}");
    assertThat(producer.history())
        .extracting(record -> json.readValue(record.value(), ClickEvent.class))
        .containsOnly(click);
  }

  @Test
  void shouldEndEachPartitionWithThePlan() {
    sender.sendClosingClicks(PLAN);

    assertThat(producer.history())
        .extracting(ProducerRecord::partition)
        .containsExactly(0, 1, 2, 3);
    assertThat(producer.history())
        .allSatisfy(record -> assertThat(PlanHeaders.read(record.headers())).contains(PLAN));
    assertThat(sender.sent()).isZero();
  }

  @Test
  void shouldSayThatKafkaRefusedAClick() {
    MockProducer<String, byte[]> refusing = producer(false);
    ClickSender failing = new ClickSender(refusing, PARTITIONS);
    failing.send(new ClickEvent(1, "/news"));

    refusing.errorNext(new TopicAuthorizationException("input"));

    assertThatThrownBy(failing::awaitAcknowledgements)
        .isInstanceOf(WeirException.class)
        .hasMessageContaining("refused a click for topic 'input'")
        .hasMessageContaining("empty topic");
  }

  private static MockProducer<String, byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new StringSerializer(), new ByteArraySerializer());
  }
}
