package dev.weir.testing.suite;

import dev.weir.internal.base.CrashPoint;
import dev.weir.testing.suite.job.Moment;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A moment to die at, and the kind of job that does.
 *
 * @param moment an engine's or a connector's
 * @param occurrence the how manieth
 * @param isRecovery whether the moment is in a recovery, so that there must be a past
 * @param backend where state lives
 * @param parallelism tasks per stage
 */
record CrashCase(
    String moment, int occurrence, boolean isRecovery, String backend, int parallelism) {
  /** Checkpoint 0 has no output, and each task counts for itself. */
  private static final int USUAL = 6;

  private static final int FLIGHTS = 4;
  private static final Set<String> ONCE_PER_ATTEMPT =
      Set.of(CrashPoint.TAKEN_OVER.name(), CrashPoint.RESTORED.name());

  /** Not reached with little state; LocalRecoveryTest dies there. */
  private static final Set<String> OF_LARGE_STATE =
      Set.of(
          CrashPoint.BASE_LINKED.name(),
          CrashPoint.BASE_FILE_FORCED.name(),
          CrashPoint.BASE_FILE_WRITTEN.name(),
          CrashPoint.BASE_WRITTEN.name(),
          CrashPoint.LOCAL_FILE_FETCHED.name(),
          CrashPoint.LOCAL_FETCHED.name());

  private static final Set<String> OF_RESCALE =
      Set.of(
          CrashPoint.RESCALE_HALTED.name(),
          CrashPoint.RESCALE_ASSIGNED.name(),
          CrashPoint.RESCALED.name());

  /** SavepointSuite dies there. */
  private static final String OF_SAVEPOINTS = "SAVEPOINT_";

  private static final Set<String> OF_ROCKSDB =
      Set.of(CrashPoint.LOCAL_REMOVED.name(), CrashPoint.LOCAL_OPENED.name());
  private static final Set<String> ONCE_PER_ID =
      Set.of(Moment.ID_FENCED.name(), Moment.CLAIM_SENT.name(), Moment.CLAIM_COMMITTED.name());

  /** Every moment; backends and parallelisms take turns. */
  static List<CrashCase> all() {
    List<CrashCase> cases = new ArrayList<>();
    Stream.concat(Stream.of(CrashPoint.values()), Stream.of(Moment.values()))
        .map(Enum::name)
        .filter(moment -> !OF_LARGE_STATE.contains(moment) && !moment.startsWith(OF_SAVEPOINTS))
        .forEach(moment -> add(moment, cases));
    return cases;
  }

  Settings in(Settings settings) {
    Settings all =
        OF_RESCALE.contains(moment) ? settings.with(Setting.RESCALES, "3,1,4,2") : settings;
    return all.with(Setting.BACKEND, backend).with(Setting.PARALLELISM, parallelism);
  }

  Settings struck(Settings settings) {
    return settings.with(Setting.MOMENT, moment).with(Setting.OCCURRENCE, occurrence);
  }

  @Override
  public String toString() {
    return moment + " " + occurrence + ", " + backend + ", parallelism " + parallelism;
  }

  private static void add(String moment, List<CrashCase> cases) {
    if (OF_ROCKSDB.contains(moment)) {
      boolean isRecovery = moment.equals(CrashPoint.LOCAL_OPENED.name());
      cases.add(new CrashCase(moment, 1, isRecovery, "rocksdb", 2));
    } else if (OF_RESCALE.contains(moment)) {
      cases.add(of(cases.size(), moment, 1, false));
      cases.add(of(cases.size() + 1, moment, 2, false));
    } else if (ONCE_PER_ATTEMPT.contains(moment)) {
      cases.add(of(cases.size(), moment, 1, true));
    } else if (ONCE_PER_ID.contains(moment)) {
      cases.add(of(cases.size(), moment, 1, true));
      cases.add(of(cases.size(), moment, 2, true));
    } else {
      int times = moment.equals(Moment.COMMIT_SENT.name()) ? FLIGHTS : 1;
      for (int i = 0; i < times; i++) {
        cases.add(of(cases.size(), moment, USUAL + i, false));
      }
    }
  }

  private static CrashCase of(int index, String moment, int occurrence, boolean isRecovery) {
    String backend = index % 2 == 0 ? "heap" : "rocksdb";
    return new CrashCase(moment, occurrence, isRecovery, backend, 1 + index / 2 % 2);
  }
}
