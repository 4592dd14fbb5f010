package dev.weir.internal.owner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A name for this process that no other one ever has, and the proof that one of this machine is
 * dead: machine's boot, namespace of process ids, process id, start in ticks since the boot. On
 * systems without {@code /proc} nothing is ever proved. Thread-safe.
 */
final class ProcessName {
  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START = 19;

  private ProcessName() {}

  /** This process. */
  static String own() {
    long pid = ProcessHandle.current().pid();
    try {
      return machine() + "/" + pid + "/" + start(pid).orElseThrow();
    } catch (IOException | RuntimeException noLinux) {
      String start = String.valueOf(ProcessHandle.current().info().startInstant());
      return ("elsewhere/" + pid + "/" + start).replaceAll("[ #]", "-");
    }
  }

  /** Whether this process certainly runs no more. */
  static boolean isDead(String name) {
    String[] parts = name.split("/", -1);
    try {
      return parts.length == 4
          && machine().equals(parts[0] + "/" + parts[1])
          && !start(Long.parseLong(parts[2])).equals(Optional.of(parts[3]));
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }

  private static String machine() throws IOException {
    String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).trim();
    String namespace = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
    return boot + "/" + namespace.replaceAll("[^0-9]", "");
  }

  /** When a process started; empty if there is none, or it is only left to be buried. */
  private static Optional<String> start(long pid) throws IOException {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean isLeft = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return isLeft ? Optional.empty() : Optional.of(fields[START]);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
