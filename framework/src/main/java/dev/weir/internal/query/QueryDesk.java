package dev.weir.internal.query;

import dev.weir.error.QueryFailedException;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.Planner;
import dev.weir.internal.runtime.Execution;
import dev.weir.job.KeyQuery;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Takes queries of state to the tasks of the attempt that runs. An answer comes from the task, or
 * the attempt has ended, or the time is over. Thread-safe; who waits for answers is served by an
 * I/O thread, not by the task's.
 */
public final class QueryDesk {
  /** The most queries that may wait for their answer. */
  public static final int MOST_WAITING = 1_000;

  private final ExecutionGraph graph;
  private final Executor io;
  private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
  private volatile Execution running;

  /** Of a job; answers are handed over by the executor. */
  public QueryDesk(ExecutionGraph graph, Executor io) {
    this.graph = graph;
    this.io = io;
  }

  /** An attempt takes queries from now on, until what is returned is closed. */
  public AutoCloseable open(Execution execution) {
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
  public <R> CompletableFuture<R> ask(String stage, StateQuery<R> query) {
    ToIntFunction<ExecutionGraph> task = taskOf(stage, query);
    return ask(
        new Terms(stage, query.state().name(), query.timeout()),
        (asked, answer) -> {
          int subtask = task.applyAsInt(asked.graph());
          int parallelism = asked.graph().parallelism();
          if (subtask >= parallelism) {
            answer.completeExceptionally(noTask(stage, subtask, parallelism));
          } else {
            asked.query(stage, subtask, chain -> chain.answer(stage, query), answer);
          }
        });
  }

  /**
   * Asks for many keys.
   *
   * @throws IllegalArgumentException if there is no such keyed stage, it has keys of another type,
   *     or cannot find those that begin alike
   */
  public <K, R> CompletableFuture<List<Map.Entry<K, R>>> ask(String stage, KeyQuery<K, R> query) {
    KeyBounds bounds = boundsOf(keying(stage), query);
    return ask(
        new Terms(stage, query.state().name(), query.timeout()),
        (asked, answer) -> new KeyGathering<>(asked, stage, query, answer, io).begin(bounds));
  }

  @SuppressWarnings("unchecked") // Keys of another type cannot be written, which is found there.
  private static <K> KeyBounds boundsOf(Stage.Keying<?, ?> keying, KeyQuery<K, ?> query) {
    return KeyBounds.of(query.keys(), (TypeSerializer<K>) keying.serializer());
  }

  private <R> CompletableFuture<R> ask(
      Terms terms, BiConsumer<Execution, CompletableFuture<R>> asking) {
    Execution asked = running;
    if (asked == null) {
      return CompletableFuture.failedFuture(notRunning());
    }
    if (waiting.size() >= MOST_WAITING) {
      return CompletableFuture.failedFuture(tooMany());
    }
    CompletableFuture<R> answer = new CompletableFuture<>();
    Object ticket = new Object();
    waiting.put(ticket, answer);
    CompletableFuture<R> told =
        answer
            .orTimeout(terms.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .handleAsync(
                (result, failure) -> {
                  waiting.remove(ticket);
                  return told(result, failure, terms);
                },
                io);
    asking.accept(asked, answer);
    if (running != asked) {
      answer.completeExceptionally(ended());
    }
    return told;
  }

  private static <R> R told(R result, Throwable failure, Terms terms) {
    if (failure == null) {
      return result;
    }
    throw new CompletionException(failure instanceof TimeoutException ? late(terms) : failure);
  }

  /** Which task of a stage has what is asked for; a key's hash is computed once, here. */
  private ToIntFunction<ExecutionGraph> taskOf(String stage, StateQuery<?> query) {
    if (query.key().isEmpty()) {
      stage(stage, "of tasks", QueryDesk::keepsStateOfTasks);
      return asked -> query.subtask();
    }
    int hash = hashOf(keying(stage), stage, query.key().get());
    return asked -> subtaskOf(hash, asked);
  }

  private Stage.Keying<?, ?> keying(String stage) {
    Stage keyed = stage(stage, "of keys", each -> Planner.keyingOf(each).isPresent());
    return Planner.keyingOf(keyed).orElseThrow();
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

  private static QueryFailedException late(Terms terms) {
    return new QueryFailedException(
        "State '"
            + terms.state()
            + "' of stage '"
            + terms.stage()
            + "' was not read within "
            + terms.timeout().toMillis()
            + " ms: its task is busy or starting, or it has many keys. Ask again, or wait longer"
            + " with within(...).");
  }

  /** What is asked for, and how long somebody waits. */
  private record Terms(String stage, String state, Duration timeout) {}
}
