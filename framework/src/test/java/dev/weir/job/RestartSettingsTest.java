package dev.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidConfigException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RestartSettingsTest {
  private final Properties text = new Properties();

  @Test
  void shouldReadEachStrategyFromText() {
    text.setProperty("restart.strategy", "none");
    assertThat(strategy()).isEqualTo(RestartStrategy.none());

    text.setProperty("restart.strategy", "fixed-delay");
    text.setProperty("restart.delay.ms", "250");
    text.setProperty("restart.max", "7");
    assertThat(strategy()).isEqualTo(RestartStrategy.fixedDelay(Duration.ofMillis(250), 7));

    text.setProperty("restart.strategy", "failure-rate");
    text.setProperty("restart.interval.ms", "60000");
    assertThat(strategy())
        .isEqualTo(RestartStrategy.failureRate(7, Duration.ofMinutes(1), Duration.ofMillis(250)));
  }

  @Test
  void shouldFillInWhatAnExponentialDelayIsNotTold() {
    text.setProperty("restart.strategy", "exponential-delay");
    assertThat(strategy())
        .isEqualTo(RestartStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(30)));

    text.setProperty("restart.max.delay.ms", "4000");
    text.setProperty("restart.reset.after.ms", "9000");
    assertThat(strategy())
        .isEqualTo(
            new RestartStrategy.ExponentialDelay(
                Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(9)));
  }

  @Test
  void shouldNameTheKeyThatIsMissingOrIsAnotherStrategys() {
    text.setProperty("restart.max", "7");
    assertThatThrownBy(this::strategy)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("restart.max needs restart.strategy");

    text.setProperty("restart.strategy", "exponential-delay");
    assertThatThrownBy(this::strategy)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("restart.max is none of restart strategy exponential-delay");

    text.remove("restart.max");
    text.setProperty("restart.strategy", "fixed-delay");
    assertThatThrownBy(this::strategy)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("fixed-delay needs setting restart.max");

    text.setProperty("restart.max", "-1");
    assertThatThrownBy(this::strategy)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maxRestarts must not be negative");
  }

  @Test
  void shouldLetCodeHaveTheLastWord() {
    text.setProperty("restart.strategy", "none");
    RestartStrategy given = RestartStrategy.fixedDelay(Duration.ZERO, 3);

    assertThat(JobConfig.from(text).restartStrategy(given).build().restartStrategy())
        .isEqualTo(given);
  }

  private RestartStrategy strategy() {
    return JobConfig.from(text).build().restartStrategy();
  }
}
