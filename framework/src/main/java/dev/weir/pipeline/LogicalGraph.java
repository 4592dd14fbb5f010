package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import java.util.List;

/**
 * A pipeline, complete and checked. Immutable.
 *
 * @param name the job's name
 * @param stages in the order they were described: every stage comes after its input
 */
public record LogicalGraph(String name, List<Stage> stages) {
  /** Checks that records come in and that every stage leads to a sink. */
  public LogicalGraph {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new InvalidPipelineException(
          "Pipeline '" + name + "' has no stages. Begin with pipeline.source(name, source).");
    }
    for (Stage stage : stages) {
      if (!(stage instanceof Stage.SinkStage) && readersOf(stages, stage.id()).isEmpty()) {
        throw new InvalidPipelineException(
            "Stage '"
                + stage.name()
                + "' of pipeline '"
                + name
                + "' leads nowhere: its records would be lost. End it with .sink(name, sink).");
      }
    }
  }

  /**
   * @param id id of a stage
   * @return the stages that read it
   */
  public List<Stage> readersOf(int id) {
    return readersOf(stages, id);
  }

  private static List<Stage> readersOf(List<Stage> stages, int id) {
    return stages.stream().filter(stage -> stage.input() == id).toList();
  }
}
