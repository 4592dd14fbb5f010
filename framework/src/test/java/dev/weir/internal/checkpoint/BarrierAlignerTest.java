package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BarrierAlignerTest {
  private final BarrierAligner aligner = new BarrierAligner(3);

  @Test
  void shouldCutWhenTheBarrierHasArrivedOnEveryInput() {
    assertThat(aligner.barrier(2, 7)).isFalse();
    assertThat(aligner.barrier(0, 7)).isFalse();

    boolean isAligned = aligner.barrier(1, 7);

    assertThat(isAligned).isTrue();
  }

  @Test
  void shouldAlignOneCheckpointAfterTheOther() {
    for (long id = 1; id <= 3; id++) {
      assertThat(aligner.barrier(0, id)).isFalse();
      assertThat(aligner.barrier(1, id)).isFalse();
      assertThat(aligner.barrier(2, id)).isTrue();
    }
  }

  @Test
  void shouldCutAtOnceWithOneInput() {
    assertThat(new BarrierAligner(1).barrier(0, 1)).isTrue();
  }

  @Tag("S34")
  @Test
  void shouldRefuseABarrierThatOvertakesAnother() {
    aligner.barrier(0, 7);

    assertThatIllegalStateException()
        .isThrownBy(() -> aligner.barrier(1, 8))
        .withMessageContaining("Barrier 8")
        .withMessageContaining("7");
  }

  @Test
  void shouldRefuseABarrierThatComesTwiceOnOneInput() {
    aligner.barrier(0, 7);

    assertThatIllegalStateException()
        .isThrownBy(() -> aligner.barrier(0, 7))
        .withMessageContaining("twice");
  }
}
