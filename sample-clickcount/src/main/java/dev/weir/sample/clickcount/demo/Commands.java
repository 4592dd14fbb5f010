package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.InputPlan;
import dev.weir.testing.broker.ClassArchive;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.ChildJvmBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The command lines of the demo's children: the same commands that a user would type. Immutable.
 */
final class Commands {
  private final String mainClass;
  private final DemoSettings settings;
  private final String bootstrapServers;
  private final DemoNames names;

  Commands(String mainClass, DemoSettings settings, DemoCluster cluster) {
    this.mainClass = mainClass;
    this.settings = settings;
    this.bootstrapServers = cluster.bootstrapServers();
    this.names = cluster.names();
  }

  ChildJvm startGenerator(InputPlan plan, Consumer<String> lines) {
    return jvm(lines)
        .options("-Xmx128m", "-XX:TieredStopAtLevel=1")
        .args("generate", "--bootstrap-servers", bootstrapServers)
        .args("--input", names.input())
        .args("--rate", Integer.toString(settings.clicksPerSecond()))
        .args("--windows", Long.toString(plan.windows()))
        .args("--start", plan.start().toString())
        .args("--seed", Long.toString(settings.seed()))
        .start();
  }

  ChildJvm startJob(Path folder, Consumer<String> lines) {
    return jvm(lines)
        .options("-Xmx512m", "-XX:TieredStopAtLevel=1")
        .args("run", "--bootstrap-servers", bootstrapServers)
        .args("--job", names.job(), "--input", names.input(), "--output", names.output())
        .args("--parallelism", Integer.toString(settings.parallelism()))
        .args("--state", DemoSettings.word(settings.state()))
        .args("--guarantee", DemoSettings.word(settings.guarantee()))
        .args("--checkpoint-interval", settings.checkpointInterval().toMillis() + "ms")
        .args("--checkpoint-dir", folder.resolve("checkpoints").toString())
        .args("--local-dir", folder.resolve("local").toString())
        .args("--meters-every", "500ms")
        .start();
  }

  private ChildJvmBuilder jvm(Consumer<String> lines) {
    return ClassArchive.useIn(ChildJvm.of(mainClass))
        .options("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto")
        .property("org.slf4j.simpleLogger.log.dev.weir", "warn")
        .eachLine(lines);
  }
}
