package dev.weir.internal.job;

import dev.weir.error.QueryFailedException;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.Planner;
import dev.weir.internal.runtime.Execution;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Takes queries of state to the tasks of the attempt that runs. An answer comes from the task, or
 * the attempt has ended, or the time is over. Thread-safe; who waits for answers is served by an
 * I/O thread, not by the task's.
 */
final class QueryDesk {
  /** The most queries that may wait for their answer. */
  static final int MOST_WAITING = 1_000;

  private final ExecutionGraph graph;
  private final Executor io;
  private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
  private volatile Execution running;

  QueryDesk(JobDefinition job, Executor io) {
    this.graph = job.graph();
    this.io = io;
  }

  /** An attempt takes queries from now on, until what is returned is closed. */
  AutoCloseable open(Execution execution) {
    running = execution;
    return this::close;
  }

  private void close() {
    running = null;
    waiting.values().forEach(answer -> answer.completeExceptionally(ended()));
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException if there is no such keyed stage, or it has keys of another
   *     type
   */
  <R> CompletableFuture<R> ask(String stage, StateQuery<R> query) {
    ToIntFunction<ExecutionGraph> task = taskOf(stage, query);
    Execution asked = running;
    if (asked == null) {
      return CompletableFuture.failedFuture(notRunning());
    }
    int subtask = task.applyAsInt(asked.graph());
    if (subtask >= asked.graph().parallelism()) {
      return CompletableFuture.failedFuture(noTask(stage, subtask, asked.graph().parallelism()));
    }
    if (waiting.size() >= MOST_WAITING) {
      return CompletableFuture.failedFuture(tooMany());
    }
    CompletableFuture<R> answer = new CompletableFuture<>();
    Object ticket = new Object();
    waiting.put(ticket, answer);
    CompletableFuture<R> told =
        answer
            .orTimeout(query.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .handleAsync(
                (result, failure) -> {
                  waiting.remove(ticket);
                  return told(result, failure, stage, query);
                },
                io);
    asked.query(stage, subtask, query, answer);
    if (running != asked) {
      answer.completeExceptionally(ended());
    }
    return told;
  }

  private static <R> R told(R result, Throwable failure, String stage, StateQuery<R> query) {
    if (failure == null) {
      return result;
    }
    throw new CompletionException(
        failure instanceof TimeoutException ? late(stage, query) : failure);
  }

  /** Which task of a stage has what is asked for; a key's hash is computed once, here. */
  private ToIntFunction<ExecutionGraph> taskOf(String stage, StateQuery<?> query) {
    if (query.key().isEmpty()) {
      stage(stage, "of tasks", QueryDesk::keepsStateOfTasks);
      return asked -> query.subtask();
    }
    Stage keyed = stage(stage, "of keys", each -> Planner.keyingOf(each).isPresent());
    int hash = hashOf(Planner.keyingOf(keyed).orElseThrow(), stage, query.key().get());
    return asked -> subtaskOf(hash, asked);
  }

  private static boolean keepsStateOfTasks(Stage stage) {
    return stage instanceof Stage.BroadcastProcessStage || stage instanceof Stage.TaskStage;
  }

  private Stage stage(String name, String kind, Predicate<Stage> hasState) {
    LogicalGraph logical = graph.logical();
    List<Stage> stages = logical.stages().stream().filter(hasState).toList();
    return stages.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Job '"
                        + logical.name()
                        + "' was asked for state of stage '"
                        + name
                        + "', its stages with state "
                        + kind
                        + " are "
                        + stages.stream().map(Stage::name).toList()
                        + ". Ask for one of them."));
  }

  @SuppressWarnings("unchecked") // A key of another type cannot be written, which is found here.
  private <K> int hashOf(Stage.Keying<?, K> keying, String stage, Object key) {
    TypeSerializer<K> serializer = keying.serializer();
    try {
      serializer.serialize((K) key, new ByteOutput(64));
      return KeyHash.of(serializer).hash((K) key);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Stage '"
              + stage
              + "' was asked for the state of key "
              + key
              + ", a "
              + key.getClass().getName()
              + ", but its keys are "
              + serializer.schema()
              + ". Ask with a key of its type.",
          e);
    }
  }

  private static int subtaskOf(int hash, ExecutionGraph asked) {
    int max = asked.maxParallelism();
    return KeyGroups.subtaskOf(KeyGroups.ofHash(hash, max), max, asked.parallelism());
  }

  private static IllegalArgumentException noTask(String stage, int subtask, int parallelism) {
    return new IllegalArgumentException(
        "Stage '"
            + stage
            + "' was asked for the state of subtask "
            + subtask
            + " but runs with "
            + parallelism
            + ". Ask for one from 0 to "
            + (parallelism - 1)
            + ".");
  }

  private QueryFailedException notRunning() {
    return new QueryFailedException(
        "Job '"
            + graph.logical().name()
            + "' was asked for state, but no attempt of it runs here now. Ask again when its status"
            + " is RUNNING.");
  }

  private QueryFailedException ended() {
    return new QueryFailedException(
        "The tasks of job '"
            + graph.logical().name()
            + "' that were asked for state have ended before they answered. Ask again.");
  }

  private QueryFailedException tooMany() {
    return new QueryFailedException(
        "Job '"
            + graph.logical().name()
            + "' was asked for state while "
            + MOST_WAITING
            + " queries wait already. Ask again when some are answered.");
  }

  private static QueryFailedException late(String stage, StateQuery<?> query) {
    return new QueryFailedException(
        "State '"
            + query.state().name()
            + "' of stage '"
            + stage
            + "' was not read within "
            + query.timeout().toMillis()
            + " ms: its task is busy or starting. Ask again, or wait longer with"
            + " StateQuery.within(...).");
  }
}
