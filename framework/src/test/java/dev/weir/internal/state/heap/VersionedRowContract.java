package dev.weir.internal.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every row that keeps its versions must do. */
abstract class VersionedRowContract {
  private static final int EPOCHS = 2_000_000;

  private final VersionedRow<String, Integer> row = row(7, "key", 10, 1);

  /** A row of one version. */
  abstract VersionedRow<String, Integer> row(int hash, String key, Integer value, int epoch);

  @Test
  void shouldTellTheValueOfEachEpochThatHasEnded() {
    row.replace(11);
    row.add(30, 3);
    row.add(null, 4);
    row.add(60, 6);

    assertThat(row.at(0)).isNull();
    assertThat(row.at(1)).isEqualTo(11);
    assertThat(row.at(2)).isEqualTo(11);
    assertThat(row.at(3)).isEqualTo(30);
    assertThat(row.at(4)).isNull();
    assertThat(row.at(5)).isNull();
    assertThat(row.at(6)).isEqualTo(60);
  }

  @Test
  void shouldForgetOnlyWhatNobodyAsksForAnyMore() {
    row.add(30, 3);
    row.add(40, 4);
    row.add(60, 6);

    row.forgetBefore(3);

    assertThat(row.at(1)).isNull();
    assertThat(row.at(3)).isEqualTo(30);
    assertThat(row.at(4)).isEqualTo(40);

    row.forgetBefore(6);

    assertThat(row.at(4)).isNull();
    assertThat(row.at(6)).isEqualTo(60);
  }

  @Test
  void shouldForgetThatItWasRemovedOnceNobodyAsksForWhatWasBefore() {
    row.add(null, 2);
    row.add(30, 3);

    row.forgetBefore(2);

    assertThat(row.at(1)).isNull();
    assertThat(row.at(2)).isNull();
    assertThat(row.at(3)).isEqualTo(30);
  }

  @Test
  void shouldTellVersionsThatCameBehindThoseThatAreForgotten() {
    row.add(20, 2);
    row.forgetBefore(2);
    row.add(30, 3);
    row.add(40, 4);
    row.forgetBefore(3);
    row.add(50, 5);

    assertThat(row.at(1)).isNull();
    assertThat(row.at(2)).isNull();
    assertThat(row.at(3)).isEqualTo(30);
    assertThat(row.at(4)).isEqualTo(40);
    assertThat(row.at(5)).isEqualTo(50);
    assertThat(row.value()).isEqualTo(50);
  }

  @Test
  void shouldBeGoneOnlyWhileTheRemovalIsTheNewestThatHappened() {
    row.add(null, 3);

    assertThat(row.isGone(2)).isFalse();
    assertThat(row.isGone(3)).isTrue();

    row.replace(31);

    assertThat(row.isGone(3)).isFalse();
  }

  /** Values are what they were at the end of their epoch, so each says what it should be. */
  @Test
  void shouldTellAnotherThreadTheSameValueWhateverIsSetMeanwhile() {
    AtomicInteger ended = new AtomicInteger(1);
    AtomicInteger asked = new AtomicInteger(1);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int wrong = 0;
              int end;
              while ((end = ended.get()) < EPOCHS) {
                asked.set(end);
                Integer value = row.at(end);
                wrong += value != null && value == 10 * end ? 0 : 1;
              }
              return wrong;
            });

    for (int epoch = 2; epoch <= EPOCHS; epoch++) {
      row.add(10 * epoch - 1, epoch);
      row.replace(10 * epoch);
      ended.set(epoch);
      if (epoch % 64 == 0) {
        row.forgetBefore(asked.get());
      }
    }

    assertThat(reader.join()).isZero();
  }
}
