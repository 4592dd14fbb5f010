package dev.weir.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads Linux's {@code /proc}. A process that has ended has used no time and has no threads. */
public final class ProcFiles {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;

  private ProcFiles() {}

  /** CPU seconds that a process has used, user and system. */
  public static double cpuSeconds(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
          / TICKS_PER_SECOND;
    } catch (IOException ended) {
      return 0;
    }
  }

  /** CPU seconds that the whole machine was busy. */
  public static double busySeconds() {
    try {
      String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +", -1);
      long ticks = 0;
      for (int i = 1; i <= 8 && i < fields.length; i++) {
        ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException("Benchmarks need Linux's /proc", e);
    }
  }

  /** Greatest memory that a process has had, MiB. */
  public static long peakMemoryMiB(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Names of a process's threads, at most 15 letters each. */
  public static List<String> threads(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.map(ProcFiles::nameOf).toList();
    } catch (IOException ended) {
      return List.of();
    }
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }
}
