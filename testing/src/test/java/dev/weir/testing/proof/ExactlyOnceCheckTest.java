package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.source.KafkaSource;
import dev.weir.function.MapFunction;
import dev.weir.pipeline.Pipeline;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExactlyOnceCheckTest {
  private static final Pattern SEED = Pattern.compile("seed (\\d+) fails");

  private final QuietRuns quiet = new QuietRuns();

  @AfterEach
  void speak() {
    quiet.close();
  }

  @Test
  void shouldBeContentWithAPipelineThatIsExactlyOnce() {
    ExactlyOnceCheck check =
        check(clients -> shouting(clients, DeliveryGuarantee.EXACTLY_ONCE, String::toUpperCase));

    assertThatCode(check.seeds(100)::run).doesNotThrowAnyException();
  }

  @Test
  @Timeout(10)
  void shouldFindASinkThatDoublesWithinSecondsAndFindItAgainByItsSeed() {
    ExactlyOnceCheck check =
        check(clients -> shouting(clients, DeliveryGuarantee.AT_LEAST_ONCE, String::toUpperCase));

    AssertionError failure = catchThrowableOfType(AssertionError.class, check::run);
    MatchResult seed = SEED.matcher(failure.getMessage()).results().findFirst().orElseThrow();

    assertThatThrownBy(check.seed(Long.parseLong(seed.group(1)))::run)
        .isInstanceOf(AssertionError.class)
        .hasMessage(failure.getMessage());
  }

  @Test
  @Timeout(10)
  void shouldFindAFunctionThatKeepsSomethingOutsideItsState() {
    ExactlyOnceCheck check =
        check(
            clients -> shouting(clients, DeliveryGuarantee.EXACTLY_ONCE, new NumbersTheRecords()));

    assertThatThrownBy(check::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected");
  }

  private static ExactlyOnceCheck check(Function<KafkaClients, Pipeline> pipeline) {
    return ExactlyOnceCheck.of(pipeline)
        .topic("words", 1)
        .topic("shouts", 1)
        .input(
            IntStream.range(0, 30)
                .mapToObj(i -> Input.plain("words", 0, "k", "word " + i, i))
                .toList());
  }

  private static Pipeline shouting(
      KafkaClients clients, DeliveryGuarantee guarantee, MapFunction<String, String> function) {
    Pipeline pipeline = Pipeline.named("shouting");
    pipeline
        .source(
            "words",
            KafkaSource.<String>builder()
                .bootstrapServers("simulated:9092")
                .topics("words")
                .value(new StringDeserializer())
                .withoutDiscovery()
                .clients(clients)
                .build())
        .map(function)
        .sink(
            "shouts",
            KafkaSink.<String>builder()
                .bootstrapServers("simulated:9092")
                .topic("shouts")
                .value(new StringSerializer())
                .guarantee(guarantee)
                .clients(clients)
                .build());
    return pipeline;
  }

  /** Counts in a field, which no checkpoint holds. */
  private static final class NumbersTheRecords implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    private int count;

    @Override
    public String map(String word) {
      count++;
      return count + " " + word;
    }
  }
}
