package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Forgotten;
import dev.weir.error.UnrecoverableConnectorException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LedgerRecordsTest {
  /** Version 2 as it was first written; ledgers of users hold such bytes. */
  private static final String GOLDEN_CLAIM =
      "574c"
          + "02"
          + "01"
          + "0000000000000007"
          + "00000001"
          + "00000002"
          + "0000000000000003"
          + "0000000000000004"
          + "0000000000000005";

  private static final String GOLDEN_COMPLETED =
      "574c"
          + "02"
          + "02"
          + "000000000000002a"
          + "0000000000000007"
          + "0003"
          + "6d2f31"
          + "0000000000000063"
          + "ffffffff"
          + "0000000000000005"
          + "00000001"
          + "0003"
          + "6f7574";

  /** Version 1, which named no topics. */
  private static final String COMPLETED_OF_BEFORE =
      "574c"
          + "01"
          + "02"
          + "000000000000002a"
          + "0000000000000007"
          + "0003"
          + "6d2f31"
          + "0000000000000063"
          + "ffffffff"
          + "0000000000000005";

  private static final String GOLDEN_FORGOTTEN =
      "574c" + "02" + "03" + "0000000000000007" + "0000000000000005";

  private static final Claim CLAIM = new Claim(7, 1, 2, new Claimant(3, 4), 5);
  private static final Completed COMPLETED =
      new Completed(new LedgerEntry(42, 7, "m/1", 99, -1, 5), List.of("out"));

  private static final Forgotten FORGOTTEN = new Forgotten(7, 5);

  @Test
  void shouldReadWhatItWrote() {
    assertThat(read(LedgerRecords.valueOf(FORGOTTEN))).isEqualTo(FORGOTTEN);
    assertThat(read(LedgerRecords.valueOf(CLAIM))).isEqualTo(CLAIM);
    assertThat(read(LedgerRecords.valueOf(COMPLETED))).isEqualTo(COMPLETED);
  }

  @Test
  void shouldKeepItsWrittenForm() {
    assertThat(hexWithoutChecksum(LedgerRecords.valueOf(FORGOTTEN))).isEqualTo(GOLDEN_FORGOTTEN);
    assertThat(hexWithoutChecksum(LedgerRecords.valueOf(CLAIM))).isEqualTo(GOLDEN_CLAIM);
    assertThat(hexWithoutChecksum(LedgerRecords.valueOf(COMPLETED))).isEqualTo(GOLDEN_COMPLETED);
  }

  @Test
  void shouldReadWhatNamesNoTopics() {
    byte[] body = HexFormat.of().parseHex(COMPLETED_OF_BEFORE);
    CRC32C crc = new CRC32C();
    crc.update(body);
    ByteBuffer bytes = ByteBuffer.allocate(body.length + Integer.BYTES);
    bytes.put(body).putInt((int) crc.getValue());

    assertThat(read(bytes.array())).isEqualTo(new Completed(COMPLETED.entry(), List.of(), false));
  }

  @Test
  void shouldTellPeopleWhatARecordIs() {
    ProducerRecord<byte[], byte[]> sent =
        LedgerRecords.toSend(new TopicPartition("ledger", 0), COMPLETED);

    assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("checkpoint 42");
    assertThat(
            new String(sent.headers().lastHeader("weir-manifest").value(), StandardCharsets.UTF_8))
        .isEqualTo("m/1");
    assertThat(sent.partition()).isZero();
  }

  @Test
  void shouldRefuseEveryFlippedBitAndEveryCut() {
    byte[] bytes = LedgerRecords.valueOf(COMPLETED);

    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> read(flipped)).isInstanceOf(UnrecoverableConnectorException.class);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(UnrecoverableConnectorException.class);
    }
  }

  @Test
  void shouldNameTheRecordOfAForeignWriter() {
    assertThatThrownBy(() -> read("hello".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("ledger-0@17")
        .hasMessageContaining("something else than a ledger record");
    assertThatThrownBy(() -> LedgerRecords.read(null, "ledger-0@18"))
        .isInstanceOf(UnrecoverableConnectorException.class);
  }

  private static LedgerRecord read(byte[] bytes) {
    return LedgerRecords.read(ByteBuffer.wrap(bytes), "ledger-0@17");
  }

  private static String hexWithoutChecksum(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, bytes.length - Integer.BYTES);
  }
}
