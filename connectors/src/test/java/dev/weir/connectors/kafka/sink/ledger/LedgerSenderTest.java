package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.time.Clock;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LedgerSenderTest {
  private static final LedgerRecord RECORD = new Claim(1, 0, 1, new Claimant(1, 2), 0);

  private final LedgerSender sender =
      new LedgerSender(new TopicPartition("ledger", 0), Clock.system(), 1_000, () -> false);

  /** Tells whether everything was acknowledged when the commit was asked for. */
  private static class Watched extends MockProducer<byte[], byte[]> {
    private boolean wasFlushed;

    Watched() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
      initTransactions();
    }

    @Override
    public void commitTransaction() {
      wasFlushed = flushed();
      super.commitTransaction();
    }
  }

  @Test
  void shouldCommitOnlyWhenTheBrokerHasTheRecord() {
    Watched producer = new Watched();

    sender.commitAlone(producer, RECORD);

    assertThat(producer.wasFlushed).as("acknowledged before the commit").isTrue();
    assertThat(producer.transactionCommitted()).isTrue();
  }

  @Test
  void shouldNotCommitWhenTheRecordWasNotSent() {
    Watched failing =
        new Watched() {
          @Override
          public synchronized void flush() {
            errorNext(new RecordTooLargeException("too large"));
          }
        };

    assertThatThrownBy(() -> sender.commitAlone(failing, RECORD))
        .isInstanceOf(RecordTooLargeException.class);
    assertThat(failing.transactionCommitted()).isFalse();
  }
}
