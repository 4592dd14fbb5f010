package dev.weir.internal.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessNameTest {
  @Test
  void shouldNeverTakeItselfForDead() {
    assertThat(ProcessName.isDead(ProcessName.own())).isFalse();
    assertThat(ProcessName.own()).isEqualTo(ProcessName.own()).doesNotContain(" ", "#");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldProveTheDeathOfAProcessOfThisMachineAlone() throws Exception {
    String[] own = ProcessName.own().split("/");
    Process process = new ProcessBuilder("sleep", "60").start();
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    String here = own[0] + "/" + own[1] + "/" + process.pid() + "/";

    assertThat(ProcessName.isDead(here + start)).as("while it lives").isFalse();
    assertThat(ProcessName.isDead(here + "1")).as("another process had the number").isTrue();
    process.destroyForcibly().waitFor();

    assertThat(ProcessName.isDead(here + start)).as("when it is dead").isTrue();
    assertThat(ProcessName.isDead("other/" + own[1] + "/" + process.pid() + "/" + start))
        .as("on another machine")
        .isFalse();
    assertThat(ProcessName.isDead("nonsense")).isFalse();
  }
}
