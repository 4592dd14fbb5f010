package dev.weir.testing.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OneCoreTest {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  @Test
  void shouldReadListsOfRangesAndNumbers() {
    assertThat(OneCore.numbers("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldKeepAThreadAndThoseItStartsOnACore() throws InterruptedException {
    assumeThat(TASKSET).exists();
    List<String> found = new ArrayList<>();
    Thread kept =
        new Thread(
            () -> {
              try {
                OneCore.keep(0);
                Thread started = new Thread(() -> found.add(allowed()));
                started.start();
                started.join();
                found.add(allowed());
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    kept.start();
    kept.join();

    assertThat(found).hasSize(2).allSatisfy(list -> assertThat(OneCore.numbers(list)).hasSize(1));
  }

  private static String allowed() {
    try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.split(":")[1].trim())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
