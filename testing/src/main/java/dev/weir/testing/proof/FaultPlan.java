package dev.weir.testing.proof;

import dev.weir.testing.sim.Fate;
import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All that goes wrong in one run. Immutable.
 *
 * @param faults in no order
 */
public record FaultPlan(List<Fault> faults) {
  private static final List<Fate> BAD =
      List.of(Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.LATE, Fate.SLOW);
  private static final int MOST = 7;
  private static final int SPAN_MILLIS = 2_500;
  private static final int LONGEST_MILLIS = 25_000;
  private static final int EARLY_STEPS = 80;
  private static final int SHORT_MILLIS = 600;
  private static final int GIVE_UP_MILLIS = 15_000;
  private static final int RARE = 10;
  private static final int STEPS = 1_500;
  private static final int REQUESTS = 300;
  private static final int DISK_EFFECTS = 500;

  /** Copies the list. */
  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * @return a plan in which nothing goes wrong
   */
  public static FaultPlan calm() {
    return new FaultPlan(List.of());
  }

  /**
   * @param seed of the draw
   * @return some faults
   */
  public static FaultPlan of(long seed) {
    Random random = new Random(seed * 31 + 7);
    List<Fault> faults = new ArrayList<>();
    int theme = random.nextInt(RARE);
    if (theme == 0) {
      return outageAndDeath(random);
    } else if (theme == 1) {
      return zombieAndDeath(random);
    } else if (theme == 2) {
      return earlyDeathAndPowerCut(random);
    }
    int count = 1 + random.nextInt(MOST);
    for (int i = 0; i < count; i++) {
      faults.add(draw(random));
    }
    return new FaultPlan(faults);
  }

  /**
   * @param seed of the draw
   * @return changes of the parallelism, and in two of three plans other faults besides
   */
  static FaultPlan rescaling(long seed) {
    Random random = new Random(seed * 31 + 11);
    List<Fault> faults = new ArrayList<>();
    int count = 1 + random.nextInt(MOST);
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(1 + random.nextInt(SPAN_MILLIS));
      faults.add(new Fault.Rescale(at, 1 + random.nextInt(4)));
    }
    if (random.nextInt(3) != 0) {
      faults.addAll(of(seed).faults());
    }
    return new FaultPlan(faults);
  }

  /**
   * Whoever stops a job to let it go on elsewhere sees to it that no other instance of it runs: so
   * none is started beside the one that is stopped.
   *
   * @param seed of the draw
   * @return savepoints, in half of the plans with a stop, and in two of three other faults besides
   */
  static FaultPlan saving(long seed) {
    Random random = new Random(seed * 31 + 17);
    boolean stops = random.nextBoolean();
    List<Fault> faults = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      int at = random.nextInt(1 + random.nextInt(SPAN_MILLIS));
      faults.add(new Fault.Savepoint(at, stops && random.nextBoolean()));
    }
    if (random.nextInt(3) != 0) {
      of(seed).faults().stream().filter(f -> !stops || isAlone(f)).forEach(faults::add);
    }
    return new FaultPlan(faults);
  }

  private static boolean isAlone(Fault fault) {
    boolean isReplaced = fault instanceof Fault.Freeze freeze && freeze.isReplaced();
    return !isReplaced && !(fault instanceof Fault.Twin) && !(fault instanceof Fault.Pause);
  }

  /** So long that calls give up, and death when some of them have. */
  private static FaultPlan outageAndDeath(Random random) {
    long from = random.nextInt(SPAN_MILLIS);
    long length = (long) GIVE_UP_MILLIS + random.nextInt(LONGEST_MILLIS - GIVE_UP_MILLIS);
    long death = from + GIVE_UP_MILLIS + random.nextInt(LONGEST_MILLIS - GIVE_UP_MILLIS);
    return new FaultPlan(List.of(new Fault.Outage(from, length), new Fault.PowerCut(death)));
  }

  /** One stands still until its successor runs, wakes up, and then the successor dies. */
  private static FaultPlan zombieAndDeath(Random random) {
    long awake = (long) SHORT_MILLIS / 4 + random.nextInt(SHORT_MILLIS);
    return new FaultPlan(
        List.of(
            new Fault.Freeze(0, 1 + random.nextInt(STEPS), awake, true),
            new Fault.Kill(1, STEPS / 4 + random.nextInt(STEPS), random.nextBoolean())));
  }

  /** One dies while it is still making room for itself, and later the power fails. */
  private static FaultPlan earlyDeathAndPowerCut(Random random) {
    return new FaultPlan(
        List.of(
            new Fault.Kill(0, 1 + random.nextInt(EARLY_STEPS / 2), false),
            new Fault.PowerCut(random.nextInt(SPAN_MILLIS / 2))));
  }

  private static Fault draw(Random random) {
    long at = random.nextInt(SPAN_MILLIS);
    boolean isShort = random.nextBoolean();
    long length = 1L + random.nextInt(isShort ? SHORT_MILLIS : 1 + random.nextInt(LONGEST_MILLIS));
    boolean isEarly = random.nextInt(4) == 0;
    long step = 1L + random.nextInt(isEarly ? EARLY_STEPS : 1 + random.nextInt(STEPS));
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> new Fault.Kill(early(random, 4), step, random.nextInt(3) == 0);
      case 4 -> new Fault.Freeze(early(random, 3), step, length, random.nextBoolean());
      case 5 -> new Fault.PowerCut(at);
      case 6 -> new Fault.Pause(at, length);
      case 7 -> new Fault.Twin(at);
      case 8 -> new Fault.Outage(at, length);
      case 9 -> new Fault.Skew(random.nextInt(3), random.nextInt(7_200_000) - 3_600_000);
      case 10 -> new Fault.BadDisk(random.nextInt(DISK_EFFECTS));
      default -> new Fault.Request(random.nextInt(REQUESTS), BAD.get(random.nextInt(BAD.size())));
    };
  }

  /** One of the first processes; the later ones are there only if the earlier ones die. */
  private static int early(Random random, int bound) {
    return random.nextInt(1 + random.nextInt(bound));
  }

  /**
   * @param type a kind of fault
   * @param <F> the same
   * @return those of that kind
   */
  public <F extends Fault> Stream<F> all(Class<F> type) {
    return faults.stream().filter(type::isInstance).map(type::cast);
  }

  /** The same, and one more. */
  FaultPlan with(Fault another) {
    List<Fault> more = new ArrayList<>(faults);
    more.add(another);
    return new FaultPlan(more);
  }

  /** What becomes of requests. */
  Network.Fates fates(Scheduler scheduler) {
    Map<Long, Fate> byNumber = new HashMap<>();
    all(Fault.Request.class).forEach(fault -> byNumber.put(fault.number(), fault.fate()));
    List<Fault.Outage> outages = all(Fault.Outage.class).toList();
    return new Network.Fates() {
      @Override
      public Fate of(long number, String kind) {
        return isReachable() ? byNumber.getOrDefault(number, Fate.DELIVERED) : Fate.REQUEST_LOST;
      }

      @Override
      public boolean isReachable() {
        long now = TimeUnit.NANOSECONDS.toMillis(scheduler.nanos());
        return outages.stream().noneMatch(outage -> outage.isAt(now));
      }
    };
  }
}
