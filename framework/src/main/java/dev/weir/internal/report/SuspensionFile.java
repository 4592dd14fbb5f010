package dev.weir.internal.report;

import dev.weir.internal.snapshot.Disk;
import dev.weir.job.JobConfig;
import dev.weir.job.Suspension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes why a job is suspended to a file, in place of the one before: into the local directory if
 * there is one, else into the JVM's temporary folder. Blocks; on an I/O thread.
 */
public final class SuspensionFile {
  private static final Logger LOG = LoggerFactory.getLogger(SuspensionFile.class);

  private final Disk disk;
  private final String job;
  private final JobConfig config;

  /** A file that is not written yet. */
  public SuspensionFile(Disk disk, String job, JobConfig config) {
    this.disk = disk;
    this.job = job;
    this.config = config;
  }

  /** The suspension with the file's name, if it could be written. */
  public Suspension write(Suspension suspension, String stacks) {
    Path file = file();
    String text =
        suspension.diagnostics()
            + "\nSettings, without secrets:\n"
            + ConfigText.of(config)
            + "\nThe failures with their stacks:\n"
            + stacks;
    try {
      replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Job {}: {} with its diagnostics cannot be written. {}", job, file, e.toString());
      return suspension;
    }
    return new Suspension(
        suspension.kind(), suspension.reason(), suspension.diagnostics(), Optional.of(file));
  }

  private void replace(Path file, byte[] bytes) throws IOException {
    if (!disk.exists(file.getParent())) {
      disk.createDirectory(file.getParent());
    }
    disk.delete(file);
    try (Disk.WritableFile out = disk.create(file)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private Path file() {
    Path folder =
        config
            .state()
            .localDirectory()
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    return folder.toAbsolutePath().resolve("weir-" + job + "-suspended.txt");
  }
}
