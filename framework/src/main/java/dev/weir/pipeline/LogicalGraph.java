package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline, complete and checked. Immutable.
 *
 * @param name the job's name
 * @param stages in the order they were described: every stage comes after its inputs
 * @param earlierNames what stages were called before, to their names now
 */
public record LogicalGraph(String name, List<Stage> stages, Map<String, String> earlierNames) {
  /** Checks that records come in, that every stage leads to a sink, and that names are clear. */
  public LogicalGraph {
    stages = List.copyOf(stages);
    earlierNames = Collections.unmodifiableMap(new LinkedHashMap<>(earlierNames));
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
      if (earlierNames.containsKey(stage.name())) {
        throw new InvalidPipelineException(
            "Stage '"
                + earlierNames.get(stage.name())
                + "' of pipeline '"
                + name
                + "' was called '"
                + stage.name()
                + "', and another stage is called so now. Names are identities in checkpoints: give"
                + " that one a name that was never used.");
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
    return stages.stream().filter(stage -> stage.inputs().contains(id)).toList();
  }
}
