package dev.weir.internal.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerWatchTest {
  private static final long DETECTION = 1_000;

  private final Set<String> dead = new HashSet<>();
  private final OwnerWatch watch = new OwnerWatch(DETECTION, dead::contains);
  private long now = 50_000;

  @Test
  void shouldTakeAJobThatNobodyHasEverRun() {
    assertThat(watch.waitMillis(Optional.empty(), now)).isZero();
  }

  @Test
  void shouldWaitAsLongAsThereAreSignsOfLifeAndThenForTheDetectionTime() {
    for (long beat = 1; beat <= 10; beat++) {
      assertThat(look(alive(beat))).isEqualTo(DETECTION);
      now += 400;
    }

    assertThat(look(alive(10))).isEqualTo(600);
    now += 400;
    assertThat(look(alive(10))).isEqualTo(200);
    now += 400;
    assertThat(look(alive(10))).isZero();
  }

  @Test
  void shouldTakeAJobWhoseOwnerIsGoneOrDeadAtOnce() {
    look(alive(1));
    dead.add("p2");

    assertThat(look(new Sign(true, DETECTION, 2, "p1#1").format())).isZero();
    assertThat(look(new Sign(false, DETECTION, 2, "p2#1").format())).isZero();
  }

  @Test
  void shouldBeAsPatientAsTheOwnerAsksFor() {
    String sign = new Sign(false, 2_500, 1, "p1#1").format();
    look(sign);
    now += 1_200;

    assertThat(look(sign)).isEqualTo(1_300);
  }

  @Test
  void shouldNotCountASilenceInWhichItCouldNotSee() {
    look(alive(1));
    now += 400;
    look(alive(1));
    now += 400;
    watch.sawNothing();
    now += 400;

    assertThat(look(alive(1))).isEqualTo(DETECTION);
  }

  @Test
  void shouldNotCountASilenceInWhichItSleptItself() {
    look(alive(1));
    now += 3_600_000;

    assertThat(look(alive(1))).isEqualTo(DETECTION);
  }

  @Test
  void shouldTakeASignThatVanishesForAChange() {
    look(alive(1));
    now += 400;

    assertThat(watch.waitMillis(Optional.empty(), now)).isEqualTo(DETECTION);
  }

  @Test
  void shouldWatchWhatItCannotReadForChangesToo() {
    look("weir-owner 9 something new");
    now += 400;

    assertThat(look("weir-owner 9 something newer")).isEqualTo(DETECTION);
    assertThat(Sign.parse("weir-owner 1 alive x 3 p1#1")).isEmpty();
  }

  private long look(String text) {
    return watch.waitMillis(Optional.of(text), now);
  }

  private static String alive(long beat) {
    return new Sign(false, DETECTION, beat, "p1#1").format();
  }
}
