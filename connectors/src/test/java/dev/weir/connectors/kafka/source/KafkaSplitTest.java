package dev.weir.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SourceSplit;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class KafkaSplitTest {
  /** Version 1 as it was first written; checkpoints of users hold such bytes. */
  private static final String GOLDEN =
      "01"
          + "0002696e"
          + "00000003"
          + "0000000000000007"
          + "0000000000000008"
          + "000000000000002a"
          + "00000005"
          + "7fffffffffffffff";

  private static final KafkaSplit SPLIT =
      new KafkaSplit(
          new TopicPartition("in", 3), new Uuid(7, 8), 42, OptionalInt.of(5), KafkaSplit.UNBOUNDED);

  @Test
  void shouldReadWhatItWrote() {
    SourceSplit stored = SPLIT.toSplit();

    assertThat(stored.id()).isEqualTo("in-3");
    assertThat(KafkaSplit.of(stored)).isEqualTo(SPLIT);
  }

  @Test
  void shouldKeepItsWrittenForm() {
    assertThat(HexFormat.of().formatHex(SPLIT.toSplit().position())).isEqualTo(GOLDEN);
    assertThat(KafkaSplit.of(new SourceSplit("in-3", HexFormat.of().parseHex(GOLDEN))))
        .isEqualTo(SPLIT);
  }

  @Test
  void shouldRefuseOtherVersionsAndBytesThatEndEarly() {
    byte[] bytes = SPLIT.toSplit().position();
    byte[] newer = bytes.clone();
    newer[0] = 2;

    assertThatThrownBy(() -> KafkaSplit.of(new SourceSplit("in-3", newer)))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("version 2");
    for (int length = 0; length < bytes.length; length++) {
      SourceSplit cut = new SourceSplit("in-3", Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> KafkaSplit.of(cut))
          .isInstanceOf(UnrecoverableConnectorException.class)
          .hasMessageContaining("ends early");
    }
  }
}
