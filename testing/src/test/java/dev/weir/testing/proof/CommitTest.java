package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
  private static final String SHA = "1484c3a1484c3a1484c3a1484c3a1484c3a1484c";

  @TempDir private Path project;

  @Test
  void shouldBeThatOfTheBranch() throws IOException {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(".git/refs/heads/main", SHA + "\n");

    assertThat(Commit.of(project)).contains(SHA);
    assertThat(Commit.of(project.resolve("testing/target"))).contains(SHA);
  }

  @Test
  void shouldBeThatWhichIsCheckedOutWithoutABranch() throws IOException {
    write(".git/HEAD", SHA + "\n");

    assertThat(Commit.of(project)).contains(SHA);
  }

  @Test
  void shouldBeFoundAmongPackedRefs() throws IOException {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(
        ".git/packed-refs",
        "# pack-refs\n" + "0".repeat(40) + " refs/heads/a\n" + SHA + " refs/heads/main\n");

    assertThat(Commit.of(project)).contains(SHA);
  }

  @Test
  void shouldBeFoundInAWorkTreeBesideOthers() throws IOException {
    write("tree/.git", "gitdir: ../all/worktrees/tree\n");
    write("all/worktrees/tree/HEAD", "ref: refs/heads/side\n");
    write("all/worktrees/tree/commondir", "../..\n");
    write("all/refs/heads/side", SHA + "\n");

    assertThat(Commit.of(project.resolve("tree"))).contains(SHA);
  }

  @Test
  void shouldBeUnknownOtherwise() throws IOException {
    write(".git/HEAD", "ref: refs/heads/unborn\n");

    assertThat(Commit.of(project)).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
