package dev.weir.connectors.kafka;

import static dev.weir.connectors.kafka.ClientKind.ADMIN;
import static dev.weir.connectors.kafka.ClientKind.CONSUMER;
import static dev.weir.connectors.kafka.ClientKind.PRODUCER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
  private final ClientSettings.Builder source = ClientSettings.builder(CONSUMER, ADMIN);
  private final ClientSettings.Builder sink = ClientSettings.builder(PRODUCER, CONSUMER, ADMIN);

  @Test
  void shouldGiveASettingToEachClientThatKnowsIt() {
    ClientSettings settings =
        source
            .set("bootstrap.servers", "a:1")
            .set("max.poll.records", 7)
            .set("consumer.client.id", "me")
            .build("source");

    assertThat(settings.of(CONSUMER))
        .containsEntry("bootstrap.servers", "a:1")
        .containsEntry("max.poll.records", 7)
        .containsEntry("client.id", "me");
    assertThat(settings.of(ADMIN)).containsOnlyKeys("bootstrap.servers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enable.auto.commit",
        "isolation.level",
        "auto.offset.reset",
        "key.deserializer",
        "consumer.value.deserializer"
      })
  void shouldRefuseWhatIsWeirsOwnWithTheReason(String name) {
    assertThatThrownBy(() -> source.set(name, "x"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("'" + name + "' is Weir's own: ")
        .message()
        .hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transactional.id", "acks", "producer.enable.idempotence"})
  void shouldRefuseWhatIsWeirsOwnInSinks(String name) {
    assertThatThrownBy(() -> sink.set(name, "x"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("is Weir's own");
  }

  @Test
  void shouldSuggestTheNameThatWasMeant() {
    assertThatThrownBy(() -> source.set("max.pol.record", 1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("'max.pol.record' is unknown")
        .hasMessageContaining("Did you mean 'max.poll.records'?");
    assertThatThrownBy(() -> source.set("something.else.altogether", 1))
        .hasMessageNotContaining("Did you mean");
  }

  @Test
  void shouldRefuseSettingsOfClientsThatAreNotThere() {
    assertThatThrownBy(() -> source.set("producer.linger.ms", 1))
        .hasMessageContaining("does not have");
    assertThatThrownBy(() -> source.set("linger.ms", 1)).hasMessageContaining("unknown");
  }

  @Test
  void shouldLetSettingsOfPlugInsThroughToEveryClient() {
    ClientSettings settings =
        sink.set("bootstrap.servers", "a:1")
            .set("sasl.my.callback.option", "x")
            .set("ssl.custom", "y")
            .set("interceptor.topic", "z")
            .setOfPlugIn("anything at all", "w")
            .build("sink");

    assertThat(settings.of(PRODUCER)).containsKeys("sasl.my.callback.option", "anything at all");
    assertThat(settings.of(ADMIN)).containsKeys("ssl.custom", "interceptor.topic");
  }

  @Test
  void shouldNeedABroker() {
    assertThatThrownBy(() -> source.set("consumer.bootstrap.servers", "a:1").build("Kafka source"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("A Kafka source needs the address of a broker")
        .hasMessageContaining("admin");
  }

  @Test
  void shouldNeverPrintAValue() {
    String secret = "canary-1234";

    assertThatThrownBy(() -> source.set("sasl_jaas.config", secret))
        .hasMessageNotContaining(secret);
    assertThat(source.set("bootstrap.servers", "a:1").set("sasl.jaas.config", secret).build("s"))
        .asString()
        .doesNotContain(secret);
  }

  @Test
  void shouldCompareServersInAnyOrderAndNameDifferences() {
    ClientSettings one =
        sink.set("bootstrap.servers", "a:1, b:2").set("linger.ms", 5).build("sink");
    ClientSettings other =
        ClientSettings.builder(PRODUCER, CONSUMER, ADMIN)
            .set("bootstrap.servers", "b:2,a:1")
            .set("linger.ms", 6)
            .set("compression.type", "lz4")
            .build("sink");

    assertThat(one.sameServers(other)).isTrue();
    assertThat(one.differences(other))
        .containsExactly("producer.compression.type", "producer.linger.ms");
    assertThat(one.differences(one)).isEmpty();
  }
}
