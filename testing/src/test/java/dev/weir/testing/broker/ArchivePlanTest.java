package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivePlanTest {
  @TempDir Path folder;

  @Test
  void shouldArchiveJarsButNeitherFoldersNorWhatWeBuildOurselves() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path kafka = file("kafka.jar");
    Path ours = file("weir-framework-1.jar");
    Path slf4j = file("slf4j.jar");
    Path missing = folder.resolve("missing.jar");
    Path kit = folder.resolve("kit.jar");

    ArchivePlan plan = ArchivePlan.ofClassPath(path(classes, kafka, ours, slf4j, missing));

    assertThat(plan.archivedPath(kit)).isEqualTo(path(kit, kafka, slf4j));
    assertThat(plan.fullPath(kit)).isEqualTo(path(kit, kafka, slf4j, classes, ours, missing));
  }

  @Test
  void shouldHaveAnotherKeyWhenAJarChangesAndTheSameWhenAFolderDoes() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path kafka = file("kafka.jar");
    String before = ArchivePlan.ofClassPath(path(classes, kafka)).key();

    Files.createFile(classes.resolve("Ours.class"));
    String afterOurs = ArchivePlan.ofClassPath(path(classes, kafka)).key();
    Files.writeString(kafka, "newer");
    String afterKafka = ArchivePlan.ofClassPath(path(classes, kafka)).key();

    assertThat(afterOurs).isEqualTo(before);
    assertThat(afterKafka).isNotEqualTo(before);
  }

  private Path file(String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }

  private static String path(Path... entries) {
    return String.join(File.pathSeparator, Arrays.stream(entries).map(Path::toString).toList());
  }
}
