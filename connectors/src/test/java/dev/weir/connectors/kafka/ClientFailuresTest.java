package dev.weir.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.ConnectorException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.error.WeirException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ClientFailuresTest {
  @Test
  void shouldTellWhatWasTriedWhereAndWhatToDo() {
    WeirException told = told(new ExecutionException(new TimeoutException("no node")));

    assertThat(told)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("Tried to describe topic 'x' at broker:9092")
        .hasMessageContaining("TimeoutException (no node)")
        .hasMessageContaining("Check that the broker runs");
    assertThat(told.isRestartable()).isTrue();
  }

  @Test
  void shouldNotTryAgainWhereRightsAreMissing() {
    assertThat(told(new TopicAuthorizationException("x")))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("ACLs");
    assertThat(told(new SaslAuthenticationException("bad")))
        .isInstanceOf(UnrecoverableConnectorException.class);
  }

  @Test
  void shouldTellWrongSettingsApartFromNamesThatDoNotResolveNow() {
    KafkaException wrong = new KafkaException("Failed", new ConfigException("linger.ms", "x"));
    KafkaException unresolved =
        new KafkaException(
            "Failed", new ConfigException("No resolvable bootstrap urls given in b.s"));

    assertThat(told(wrong)).isInstanceOf(InvalidConfigException.class);
    assertThat(told(unresolved)).isInstanceOf(ConnectorException.class);
  }

  @Test
  void shouldKeepWhatIsToldAlready() {
    WeirException known = new UnrecoverableConnectorException("known");

    assertThat(told(new ExecutionException(known))).isSameAs(known);
  }

  private static WeirException told(Throwable failure) {
    return ClientFailures.of(failure, "describe topic 'x'", "broker:9092");
  }
}
