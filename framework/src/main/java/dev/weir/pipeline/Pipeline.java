package dev.weir.pipeline;

import dev.weir.connector.Source;
import dev.weir.error.InvalidPipelineException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Describes a job: sources, what becomes of their records, sinks. Not thread-safe while it is
 * built; start it with {@code Weir.start(pipeline, config)}.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.named("clickcount");
 * pipeline.source("clicks", clicks)
 *     .keyBy(Click::page)
 *     .window(Windows.tumbling(Duration.ofSeconds(15)))
 *     .aggregate("count", Aggregates.counting(), PageCount::of)
 *     .sink("counts", counts);
 * }</pre>
 */
public final class Pipeline {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final String name;
  private final List<Stage> stages = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> earlierNames = new LinkedHashMap<>();

  private Pipeline(String name) {
    this.name = name;
  }

  /**
   * @param name the job's name and its identity in the ledger and in checkpoints: 1 to 100 letters,
   *     digits, {@code .}, {@code _}, {@code -}
   * @return an empty pipeline
   * @throws InvalidPipelineException if the name is not of that form
   */
  public static Pipeline named(String name) {
    return new Pipeline(checkedName("pipeline", name));
  }

  /**
   * @return the job's name
   */
  public String name() {
    return name;
  }

  /**
   * Adds a source.
   *
   * @param name unique in the pipeline; the identity of its splits in checkpoints
   * @param source where records come from
   * @param <T> type of the records
   * @return the source's records
   * @throws InvalidPipelineException if the name is missing, malformed or used already
   */
  public <T> DataStream<T> source(String name, Source<T> source) {
    Objects.requireNonNull(source, "source");
    return new DataStream<>(
        this, addNamed("source", name, id -> new Stage.SourceStage<>(id, name, source)));
  }

  /**
   * @return the pipeline as it is now, checked
   * @throws InvalidPipelineException if it has no stages, one leads nowhere, or one has the earlier
   *     name of another
   */
  public LogicalGraph graph() {
    return new LogicalGraph(name, stages, earlierNames);
  }

  void rename(int stage, String earlier) {
    String now = stages.get(stage).name();
    checkedName("stage before it was renamed", earlier);
    if (!names.contains(now)) {
      throw new InvalidPipelineException(
          "Stage '"
              + now
              + "' of pipeline '"
              + name
              + "' cannot have been called '"
              + earlier
              + "': only sources and stages with state have names and state. Move renamedFrom behind one.");
    }
    if (earlierNames.putIfAbsent(earlier, now) != null) {
      throw new InvalidPipelineException(
          "Pipeline '"
              + name
              + "' says twice which stage was called '"
              + earlier
              + "': '"
              + earlierNames.get(earlier)
              + "' and '"
              + now
              + "'. Leave one of them.");
    }
  }

  int addNamed(String kind, String stageName, IntFunction<Stage> stage) {
    checkedName(kind, stageName);
    if (!names.add(stageName)) {
      throw new InvalidPipelineException(
          "Pipeline '"
              + name
              + "' has two stages named '"
              + stageName
              + "'. Names are identities in checkpoints: give this "
              + kind
              + " another one.");
    }
    return add(stage);
  }

  int add(IntFunction<Stage> stage) {
    stages.add(stage.apply(stages.size()));
    return stages.size() - 1;
  }

  static String checkedName(String kind, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new InvalidPipelineException(
          "The name of a "
              + kind
              + " must be 1 to 100 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "
              + (name == null ? "none" : "'" + name + "'")
              + ". It is an identity in checkpoints: choose one that stays.");
    }
    return name;
  }
}
