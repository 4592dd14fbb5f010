package dev.weir.internal.element;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBatchTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 17, 100, RecordBatch.CAPACITY})
  void shouldHoldAFullBatchHoweverFewRecordsWereExpected(int expected) {
    RecordBatch batch = new RecordBatch(expected);
    for (int i = 0; i < RecordBatch.CAPACITY; i++) {
      batch.add("record " + i, i);
    }

    assertThat(batch.size()).isEqualTo(RecordBatch.CAPACITY);
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.value(i)).isEqualTo("record " + i);
      assertThat(batch.timestamp(i)).isEqualTo(i);
    }
  }
}
