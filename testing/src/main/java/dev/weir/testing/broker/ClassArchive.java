package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.ChildJvmBuilder;
import dev.weir.testing.fault.FreePorts;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class-data archive (JEP 350) of what a broker and its clients load, which cuts the time until
 * one of them is ready to little more than half. It is made once for a Java version and a set of
 * jars, in the temporary folder, by a broker that starts, does one transaction and ends. {@code
 * -Dweir.broker.archive=false} does without, and so does a system without POSIX permissions.
 * Thread-safe.
 *
 * <p>The JVM takes an archive only where the class path begins with the jars it was made from, and
 * makes none of folders: hence a jar of our own with the main class, then the other jars, then the
 * rest.
 */
public final class ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

  private static final Duration TRAINING_BOUND = Duration.ofMinutes(2);

  private final Path file;
  private final String classPath;

  private ClassArchive(Path file, String classPath) {
    this.file = file;
    this.classPath = classPath;
  }

  /**
   * Lets a JVM use the archive; it is made at the first call, which takes some seconds then. Where
   * it is not wanted or could not be made, the JVM is left as it is and starts more slowly.
   *
   * @param child a JVM with the class path of this one; jars come first in it then, folders last
   * @return the same
   */
  public static ChildJvmBuilder useIn(ChildJvmBuilder child) {
    Made.ARCHIVE.ifPresent(
        made -> child.options("-XX:SharedArchiveFile=" + made.file).classPath(made.classPath));
    return child;
  }

  private static Optional<ClassArchive> make() {
    if (!isWanted()) {
      return Optional.empty();
    }
    try {
      ArchivePlan plan = ArchivePlan.ofClassPath(System.getProperty("java.class.path"));
      ArchiveFolder folder = ArchiveFolder.ofThisUser();
      Path jar = folder.jar(plan.key());
      Path file = folder.archive(plan.key());
      if (!Files.exists(file)) {
        KitJar.write(jar);
        train(file, plan.archivedPath(jar));
        folder.keepNewest();
      }
      return Optional.of(new ClassArchive(file, plan.fullPath(jar)));
    } catch (IOException | WeirException e) {
      LOG.warn("No class archive for brokers and jobs; they start, but slowly. Reason:", e);
      return Optional.empty();
    }
  }

  private static boolean isWanted() {
    return Boolean.parseBoolean(System.getProperty("weir.broker.archive", "true"))
        && FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static void train(Path file, String path) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try (DataFolder folder = DataFolder.create()) {
      BrokerSettings settings = BrokerSettings.forTests();
      Path properties = folder.resolve("server.properties");
      ServerProperties.write(properties, settings, FreePorts.next());
      ChildJvmBuilder trainee =
          BrokerJvm.plain(TrainingMain.class.getName())
              .options("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
              .options("-XX:ArchiveClassesAtExit=" + unfinished)
              .classPath(path)
              .args(properties.toString(), settings.bootstrapServers());
      try (ChildJvm jvm = trainee.start()) {
        if (jvm.awaitExit(TRAINING_BOUND) != 0 || !Files.exists(unfinished)) {
          throw new WeirException(
              String.format(
                  "Tried to archive a broker's classes, no archive came; the trainee said:%n%s",
                  String.join(System.lineSeparator(), jvm.lines())));
        }
      }
    }
    ArchiveFolder.moveInto(unfinished, file);
  }

  /** Makes the archive at the first question. */
  private static final class Made {
    static final Optional<ClassArchive> ARCHIVE = make();
  }
}
