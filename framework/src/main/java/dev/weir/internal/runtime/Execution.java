package dev.weir.internal.runtime;

import dev.weir.internal.base.Closing;
import dev.weir.internal.base.InFlight;
import dev.weir.internal.base.Stepped;
import dev.weir.internal.checkpoint.TaskGateway;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.checkpoint.TaskProgress;
import dev.weir.internal.operator.OperatorChain;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.task.Task;
import dev.weir.job.StuckTask;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running tasks of one attempt on their workers. Thread-safe. */
public final class Execution implements TaskGateway, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
  private static final long PATIENCE_MILLIS = 5_000;

  private final List<Task> tasks;
  private final List<Worker> workers;
  private final InFlight stateIo;
  private final StuckTasks stuck;
  private final ExecutionGraph graph;

  Execution(ExecutionGraph graph, List<Task> tasks, List<Worker> workers, InFlight stateIo) {
    this.graph = graph;
    this.stateIo = stateIo;
    this.tasks = List.copyOf(tasks);
    this.workers = List.copyOf(workers);
    this.stuck = new StuckTasks(workers, Execution::idOf);
  }

  /** As many workers as subtasks, but no more than processors. */
  static List<Worker> workers(ExecutionGraph graph, AttemptScope scope) {
    int count = Math.min(graph.parallelism(), scope.threads().processors());
    return IntStream.range(0, count)
        .mapToObj(i -> "weir-" + graph.logical().name() + "-worker-" + i)
        .map(
            name ->
                new Worker(
                    scope.threads(), name, true, (task, cause) -> failed(scope, task, cause)))
        .toList();
  }

  private static void failed(AttemptScope scope, Stepped task, Throwable cause) {
    scope.events().failed(idOf(task), cause);
  }

  private static TaskId idOf(Stepped task) {
    return ((Task) task).id();
  }

  /** What is executed. */
  public ExecutionGraph graph() {
    return graph;
  }

  /** Names of all tasks. */
  public Set<TaskId> taskIds() {
    Set<TaskId> ids = new LinkedHashSet<>();
    tasks.forEach(task -> ids.add(task.id()));
    return ids;
  }

  /** All tasks, for measuring. */
  public List<Task> tasks() {
    return tasks;
  }

  /** Lets the workers step; sources still wait for {@link #startSources}. */
  public void start() {
    workers.forEach(Worker::start);
  }

  /** Lets the sources read. */
  public void startSources() {
    tasks.forEach(Task::start);
  }

  /** Gives splits to one task of a source. */
  public void addSplits(String stage, int subtask, List<SplitState> splits) {
    tasks.stream()
        .filter(task -> task.id().subtask() == subtask)
        .filter(task -> task.chain().source().filter(s -> s.stage().equals(stage)).isPresent())
        .forEach(task -> task.addSplits(splits));
  }

  /** Asks the task that has a stage's subtask. */
  public <R> void query(
      String stage, int subtask, Function<OperatorChain, R> question, CompletableFuture<R> answer) {
    tasks.stream()
        .filter(task -> task.id().subtask() == subtask)
        .filter(task -> task.chain().restorableStages().contains(stage))
        .forEach(task -> task.query(question, answer));
  }

  @Override
  public void trigger(long checkpointId, End end) {
    if (end == End.HALT) {
      tasks.forEach(task -> task.haltAt(checkpointId));
    }
    tasks.forEach(task -> task.trigger(checkpointId, end));
  }

  @Override
  public void commit(long checkpointId) {
    tasks.forEach(task -> task.commit(checkpointId));
  }

  /** A step that does not return is activity, though it has not told yet what it does. */
  @Override
  public long activity() {
    long sum = stuck.found();
    for (Task task : tasks) {
      sum += task.activity();
    }
    return sum;
  }

  @Override
  public long records() {
    long sum = 0;
    for (Task task : tasks) {
      sum += task.records();
    }
    return sum;
  }

  @Override
  public List<TaskProgress> progress() {
    return tasks.stream().map(task -> task.progress().on(busyOn(workerOf(task)))).toList();
  }

  /**
   * Which tasks have been in one step for so long; empty if it was looked just before. On the job's
   * thread.
   */
  public Optional<List<StuckTask>> stuck(long nowMillis, long afterMillis) {
    return stuck.look(nowMillis, afterMillis);
  }

  private Worker workerOf(Task task) {
    return workers.get(task.id().subtask() % workers.size());
  }

  private static Optional<TaskId> busyOn(Worker worker) {
    return worker.turn().map(turn -> idOf(turn.task()));
  }

  /** Stops the workers of tasks that have halted, and brings their state down. Blocks. */
  public void settle() throws InterruptedException {
    stop();
    tasks.forEach(Task::settle);
  }

  private void stop() throws InterruptedException {
    workers.forEach(Worker::stop);
    for (Worker worker : workers) {
      awaitEnd(worker);
    }
    stateIo.awaitNone(); // What is being written is read from state that is closed next.
  }

  /** Stops the workers, then closes all operators. Blocks until user code and writes have ended. */
  @Override
  public void close() throws Exception {
    stop();
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    tasks.forEach(task -> stateIo.execute(() -> close(task, failures)));
    stateIo.awaitNone();
    Exception first = failures.poll();
    if (first != null) {
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** All tasks at once: some wait for a network. */
  private static void close(Task task, Queue<Exception> failures) {
    try (Closing closing = new Closing()) {
      task.chain().stateful().forEach(closing::add);
    } catch (Exception e) {
      failures.add(e);
    }
  }

  private static void awaitEnd(Worker worker) throws InterruptedException {
    while (!worker.join(PATIENCE_MILLIS)) {
      LOG.warn(
          "Task {} has not returned from user code for {} ms after the end of its attempt;"
              + " interrupting it and waiting on: while its code may still run no other attempt"
              + " can begin",
          busyOn(worker).map(TaskId::toString).orElse("none"),
          PATIENCE_MILLIS);
      worker.interrupt();
    }
  }
}
