package dev.weir.internal.runtime;

import dev.weir.internal.base.Closing;
import dev.weir.internal.base.Mailbox;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.operator.OperatorChain;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.ExecutionGraph.Chain;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.pertask.Subtask;
import dev.weir.internal.task.Task;
import dev.weir.internal.task.TaskScope;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds all tasks of an attempt and loads their keyed state. Runs on an I/O thread and blocks;
 * nothing steps before it is done. One use.
 */
public final class ExecutionAssembly implements AutoCloseable {
  private final ExecutionGraph graph;
  private final AttemptScope scope;
  private final List<Worker> workers;
  private final Exchanges exchanges;
  private final OpenReaders readers = new OpenReaders();
  private final Closing opened = new Closing();
  private Map<String, List<StagePart>> restored = Map.of();

  /** Of tasks that run as the graph says. */
  public ExecutionAssembly(ExecutionGraph graph, AttemptScope scope) {
    this.graph = graph;
    this.scope = scope;
    this.workers = Execution.workers(graph, scope);
    this.exchanges = new Exchanges(graph, this::workerOf);
  }

  /** Opens what may take long and needs nothing of what is restored. */
  public void openReaders() throws Exception {
    for (Chain chain : graph.chains()) {
      if (chain.head() instanceof Stage.SourceStage<?> source) {
        for (int subtask = 0; subtask < graph.parallelism(); subtask++) {
          readers.open(source, context(source.name(), subtask));
        }
      }
    }
  }

  /**
   * Builds an execution.
   *
   * @param parts of the checkpoint to begin from; empty for a first start
   * @throws Exception whatever a connector or the restore throws; everything opened so far is
   *     closed
   */
  public Execution assemble(Map<String, List<StagePart>> parts) throws Exception {
    restored = parts;
    try {
      return new Execution(graph, tasks(), workers, scope.stateIo());
    } catch (Throwable failure) {
      try (opened) {
        close();
      } catch (Exception alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** Closes readers that no task has taken. */
  @Override
  public void close() throws Exception {
    readers.close();
  }

  private List<Task> tasks() throws Exception {
    List<Task> tasks = new ArrayList<>();
    for (Chain chain : graph.chains()) {
      for (int subtask = 0; subtask < graph.parallelism(); subtask++) {
        Task task = task(chain, subtask);
        tasks.add(task);
        workerOf(subtask).add(task);
      }
    }
    return tasks;
  }

  private Task task(Chain chain, int subtask) throws Exception {
    TaskOperators operators =
        new TaskOperators(
            new Subtask(subtask, graph.parallelism()),
            stage -> context(stage, subtask),
            stage -> exchanges.outputsOf(chain, stage, subtask),
            readers);
    OperatorChain built =
        OperatorChain.build(
            chain.head(), graph.logical(), chain::contains, operators, scope.clock());
    built.stateful().forEach(opened::add);
    operators.backends().forEach(this::restore);
    built.restorableStages().forEach(stage -> built.restore(stage, partsOf(stage)));
    built.open();
    TaskScope taskScope =
        new TaskScope(
            new Mailbox(workerOf(subtask)),
            exchanges.sendersInto(chain.id(), subtask),
            scope.mode(),
            scope.events(),
            scope.packs(),
            scope.stateIo(),
            scope.clock(),
            scope.crashes());
    TaskId id = new TaskId(chain.id(), subtask, chain.head().name());
    return chain.isSource()
        ? Task.ofSource(id, built, operators.gates(), taskScope)
        : Task.ofGate(
            id, built, exchanges.inputOf(chain.id(), subtask), operators.gates(), taskScope);
  }

  private void restore(String stage, KeyedStateBackend backend) {
    backend.restore(partsOf(stage), scope.store());
  }

  private List<StagePart> partsOf(String stage) {
    return restored.getOrDefault(stage, List.of());
  }

  private TaskContext context(String stage, int subtask) {
    return new TaskContext(
        graph.logical().name(), stage, subtask, graph.parallelism(), workerOf(subtask), scope);
  }

  private Worker workerOf(int subtask) {
    return workers.get(subtask % workers.size());
  }
}
