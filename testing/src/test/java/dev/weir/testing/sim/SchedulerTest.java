package dev.weir.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final Scheduler scheduler = new Scheduler(1, new Trace(true));
  private final SimProcess process = new SimProcess(scheduler, "p");

  @Test
  void shouldRunStrandsOfTheSameSeedInTheSameOrderAndOfOthersInOthers() {
    Set<List<String>> orders = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      List<String> order = turns(seed);

      assertThat(turns(seed)).isEqualTo(order);
      orders.add(order);
    }

    assertThat(orders).hasSizeGreaterThan(5);
  }

  private static List<String> turns(long seed) {
    Scheduler scheduler = new Scheduler(seed, new Trace(false));
    SimProcess process = new SimProcess(scheduler, "p");
    List<String> turns = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      process.start(
          name,
          () -> {
            for (int i = 0; i < 5; i++) {
              turns.add(name);
              scheduler.point(name, i);
            }
          });
    }
    scheduler.run(() -> turns.size() == 10);
    scheduler.shutDown();
    return turns;
  }

  @Test
  void shouldLetTimePassOnlyWhenNobodyCanRun() {
    List<Long> seen = new ArrayList<>();
    process.start(
        "sleeper",
        () -> {
          scheduler.sleep("an hour", TimeUnit.HOURS.toNanos(1));
          seen.add(TimeUnit.NANOSECONDS.toMinutes(scheduler.nanos()));
        });

    scheduler.run(() -> !seen.isEmpty());

    assertThat(seen).containsExactly(60L);
    scheduler.shutDown();
  }

  @Test
  void shouldEndAKilledProcessAtItsNextPoint() {
    List<String> done = new ArrayList<>();
    process.atStep(2, process::kill);
    process.start(
        "worker",
        () -> {
          try {
            scheduler.point("first", 0);
            done.add("first");
            scheduler.point("second", 0);
            done.add("second");
          } finally {
            done.add("unwound");
          }
        });

    scheduler.run(() -> done.contains("unwound"));

    assertThat(done).containsExactly("first", "unwound");
    scheduler.shutDown();
  }

  @Test
  void shouldLetAPausedProcessGoOnWhereItWasWhenItIsResumed() {
    List<String> done = new ArrayList<>();
    process.atStep(1, process::pause);
    process.start(
        "worker",
        () -> {
          scheduler.point("before", 0);
          done.add("woken at " + TimeUnit.NANOSECONDS.toSeconds(scheduler.nanos()));
        });
    scheduler.later(TimeUnit.SECONDS.toNanos(7), "wake", process::resume);

    scheduler.run(() -> !done.isEmpty());

    assertThat(done).containsExactly("woken at 7");
    scheduler.shutDown();
  }

  @Test
  void shouldWaitForALatchByTheProcessesClock() {
    CountDownLatch latch = new CountDownLatch(1);
    List<Boolean> opened = new ArrayList<>();
    process.start("waiter", () -> opened.add(await(latch)));
    process.start(
        "opener",
        () -> {
          scheduler.sleep("a while", TimeUnit.SECONDS.toNanos(1));
          latch.countDown();
        });

    scheduler.run(() -> !opened.isEmpty());

    assertThat(opened).containsExactly(true);
    scheduler.shutDown();
  }

  private boolean await(CountDownLatch latch) {
    try {
      return process.clock().await(latch, 10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldSayWhoWaitsWhenNobodyCanGoOn() {
    process.start("waiter", () -> scheduler.waitFor("nothing", () -> false, Long.MAX_VALUE));

    assertThatThrownBy(() -> scheduler.run(() -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[p/waiter] wait");
    scheduler.shutDown();
  }

  @Test
  void shouldFailWithWhatAStrandHasThrown() {
    process.start(
        "thrower",
        () -> {
          throw new IllegalStateException("planted");
        });

    assertThatThrownBy(() -> scheduler.run(() -> false))
        .isInstanceOf(AssertionError.class)
        .rootCause()
        .hasMessage("planted");
    scheduler.shutDown();
  }
}
