package dev.weir.testing.proof;

import dev.weir.job.stored.StateRow;
import dev.weir.testing.audit.WindowKey;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Judges the state of the simulated pipelines by closed forms. Pure. */
final class StateJudgement {
  private final List<StateRow> rows;
  private final List<Input> read;
  private final List<String> findings = new ArrayList<>();

  private StateJudgement(List<StateRow> rows, List<Input> read) {
    this.rows = rows;
    this.read = read;
  }

  static List<String> of(Kind kind, List<StateRow> rows, List<Input> read) {
    StateJudgement judgement = new StateJudgement(rows, read);
    switch (kind) {
      case PASSED -> judgement.nothing();
      case COUNTED -> judgement.counts(List.of("value.count"), Long.MAX_VALUE, 0);
      case TIMERS -> judgement.timers();
      case WINDOWS -> judgement.windows();
    }
    return judgement.findings;
  }

  /** The numbers that a key has in these tables are together that of its records. */
  static List<String> sums(List<String> tables, List<StateRow> rows, List<Input> read) {
    StateJudgement judgement = new StateJudgement(rows, read);
    judgement.counts(tables, Long.MAX_VALUE, 0);
    return judgement.findings;
  }

  private void nothing() {
    rows.stream()
        .filter(row -> !row.stage().equals("records"))
        .forEach(row -> findings.add("nobody expects " + row));
  }

  /** Each key has the number of its records whose time was this long ago. */
  private void counts(List<String> tables, long time, long delay) {
    Map<Object, Long> right = new TreeMap<>();
    read.stream()
        .filter(record -> record.timestamp() + delay <= time)
        .forEach(record -> right.merge(record.key(), 1L, Long::sum));
    Map<Object, Long> found = new TreeMap<>();
    tables.forEach(
        table -> of(table).forEach(row -> found.merge(row.key(), (Long) row.value(), Long::sum)));
    compare(String.join(", ", tables), right, found);
  }

  /** What is not due at the event time that the stage has reached is set, the rest has fired. */
  private void timers() {
    eventTime()
        .ifPresent(
            now -> {
              counts(List.of("value.fired"), now, TestWorkload.DELAY_MILLIS);
              List<String> right =
                  read.stream()
                      .filter(record -> record.timestamp() + TestWorkload.DELAY_MILLIS > now)
                      .map(
                          record ->
                              record.key()
                                  + " at "
                                  + (record.timestamp() + TestWorkload.DELAY_MILLIS))
                      .sorted()
                      .toList();
              List<String> found =
                  of("timers.event").stream()
                      .map(row -> row.key() + " at " + row.time().getAsLong())
                      .sorted()
                      .toList();
              compare("timers.event", right, found);
            });
  }

  /** Windows that have not ended have their counts; the others are gone. */
  private void windows() {
    eventTime()
        .ifPresent(
            now -> {
              long size = TestWorkload.WINDOW.toMillis();
              Map<WindowKey, Long> found = new HashMap<>();
              of("windows")
                  .forEach(
                      row ->
                          found.put(
                              new WindowKey((String) row.key(), row.time().getAsLong() + 1 - size),
                              (Long) row.value()));
              Map<WindowKey, long[]> right = Judgement.expectedWindows(read);
              right.keySet().removeIf(window -> window.start() + size - 1 <= now);
              right.forEach(
                  (window, counts) ->
                      Judgement.judge(window, counts, found.remove(window), findings));
              found
                  .keySet()
                  .forEach(window -> findings.add("nobody expects " + window + " at " + now));
            });
  }

  /** The same at each task: a barrier carries it. */
  private Optional<Long> eventTime() {
    List<Object> times = of("watermark").stream().map(StateRow::value).distinct().toList();
    if (times.size() != 1) {
      findings.add("the tasks' event times are " + times);
      return Optional.empty();
    }
    return Optional.of((Long) times.get(0));
  }

  private List<StateRow> of(String table) {
    return rows.stream().filter(row -> row.table().equals(table)).toList();
  }

  private void compare(String table, Object right, Object found) {
    if (!right.equals(found)) {
      findings.add(table + " has " + found + ", not " + right);
    }
  }
}
