package dev.weir.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.machine.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStartTest {
  @TempDir Path folder;

  private EngineStart start;

  @BeforeEach
  void prepare() throws Exception {
    Settings settings =
        new Settings(
            Workload.W1, List.of(Engine.FLINK), 1, 9, 1, 1000, 2, 0, 0, 0, 10, 0, false, folder);
    start = new EngineStart(Engine.FLINK, settings, "w1-flink-1", "", folder, List.of());
    Files.createDirectories(start.log().getParent());
  }

  @Test
  void shouldNameExitCodeLastLinesAndLogOfAnEngineThatHasEnded() throws Exception {
    String script =
        "echo starting; echo 'java.lang.NoSuchMethodError: await'; printf '\\tat Some.frame\\n'"
            + "; echo 'Caused by: the wrong jar'; exit 7";

    String failure;
    try (EngineProcess engine = EngineProcess.start(List.of("sh", "-c", script), start.log())) {
      while (engine.exitCode().isEmpty()) {
        Thread.onSpinWait();
      }
      failure = start.failure("0 of 5 results visible", engine);
    }

    assertThat(failure)
        .startsWith("0 of 5 results visible; the engine has ended with exit code 7")
        .contains("starting | java.lang.NoSuchMethodError: await | Caused by: the wrong jar")
        .doesNotContain("Some.frame")
        .endsWith("All of it: " + start.log());
  }

  @Test
  void shouldTellOfAnEngineThatRunsOnAndIsSilent() throws Exception {
    String failure;
    try (EngineProcess engine = EngineProcess.start(List.of("sleep", "100"), start.log())) {
      failure = start.failure("0 of 5 results visible", engine);
    }

    assertThat(failure)
        .startsWith("0 of 5 results visible; the engine still ran and printed nothing");
  }
}
