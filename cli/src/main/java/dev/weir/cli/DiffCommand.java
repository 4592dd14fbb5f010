package dev.weir.cli;

import dev.weir.Weir;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.Pipeline;
import java.io.File;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a pipeline with a savepoint before it is deployed. */
@Command(
    name = "diff",
    description = "Tells what becomes of each state if this pipeline begins from there.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PIPELINE",
      description =
          "a class that is a Supplier<Pipeline> or has a static method pipeline(), or Class::method")
  String pipeline;

  @Parameters(
      index = "1",
      paramLabel = "SAVEPOINT",
      converter = StorageName.class,
      description = "a folder or URI of a savepoint, or of a job's checkpoint.storage")
  URI savepoint;

  @Option(
      names = "--class-path",
      paramLabel = "JARS",
      description = "jars and folders of classes with the pipeline, as java -cp takes them")
  String classPath = "";

  @Option(
      names = "--allow-dropped",
      split = ",",
      paramLabel = "STAGES",
      description = "stages whose state may be lost, as restore.allow.dropped")
  List<String> allowDropped = List.of();

  @Option(
      names = "--max-parallelism",
      paramLabel = "GROUPS",
      description = "max.parallelism of the job (default: as the library's)")
  Optional<Integer> maxParallelism;

  @Option(names = "--json", description = "one JSON object")
  boolean isJson;

  @Override
  public Integer call() {
    ClassLoader loader = UserPipeline.loader(paths());
    Thread.currentThread().setContextClassLoader(loader);
    Pipeline made = UserPipeline.of(pipeline, loader);
    SavepointDiff diff = Weir.diff(made, config(), savepoint);
    PrintWriter out = spec.commandLine().getOut();
    if (isJson) {
      out.println(JsonText.line(diff));
    } else {
      print(diff, out);
    }
    return verdict(diff);
  }

  private List<Path> paths() {
    return List.of(classPath.split(File.pathSeparator, -1)).stream()
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .toList();
  }

  private JobConfig config() {
    JobConfig.Builder config = JobConfig.builder();
    allowDropped.forEach(config::allowDropped);
    maxParallelism.ifPresent(config::maxParallelism);
    return config.build();
  }

  private static void print(SavepointDiff diff, PrintWriter out) {
    out.println(
        "checkpoint %d of job '%s' in %s"
            .formatted(
                diff.savepoint().checkpointId(),
                diff.savepoint().job(),
                diff.savepoint().location()));
    print("kept", diff.kept(), out);
    diff.renamed().forEach((now, before) -> out.println("renamed: " + before + " -> " + now));
    print("new", diff.added(), out);
    print("dropped", diff.dropped(), out);
    print("changed", diff.changed(), out);
    print("refused", diff.incompatible(), out);
  }

  private static void print(String word, Collection<String> all, PrintWriter out) {
    all.forEach(each -> out.println(word + ": " + each));
  }

  private static int verdict(SavepointDiff diff) {
    if (!diff.isCompatible()) {
      return ExitCode.REFUSED;
    }
    boolean isSame = diff.changed().isEmpty() && diff.added().isEmpty() && diff.renamed().isEmpty();
    return isSame ? ExitCode.OK : ExitCode.CHANGED;
  }
}
