package dev.weir.testing.house;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Time, chance, threads, files and Java serialization are met at the edges only, behind ports. */
final class EdgeRule {
  private static final Set<String> MAY_READ_THE_CLOCK = Set.of("dev.weir.time.SystemClock");
  private static final Set<String> MAY_MAKE_THREADS_AND_WAIT =
      Set.of(
          "dev.weir.time.Clock",
          "dev.weir.internal.base.SystemThreads",
          "dev.weir.internal.base.SystemThreads$SystemStrand",
          "dev.weir.connectors.kafka.RefreshScheduler"); // Looks at meters, changes nothing.
  private static final Set<String> MAY_TOUCH_FILES =
      Set.of(
          "dev.weir.internal.snapshot",
          "dev.weir.internal.state.rocksdb",
          "dev.weir.internal.owner.ProcessName", // Reads who lives on this machine.
          "dev.weir.connectors.file");

  private static final String CLOCK = "Ask a dev.weir.time.Clock";
  private static final String WAIT = "Return and be stepped again, or wait for a signal";
  private static final String SEED = "Take a java.util.Random made from a passed seed";
  private static final String STRAND = "Take threads from a dev.weir.internal.base.Threads";
  private static final String AWAIT = "Wait with Clock.await, so that a simulation knows of it";
  private static final Map<String, String> CALLS =
      Map.of(
          "java.lang.System.currentTimeMillis", CLOCK,
          "java.lang.System.nanoTime", CLOCK,
          "java.time.Instant.now", CLOCK,
          "java.lang.Thread.sleep", WAIT,
          "java.util.concurrent.TimeUnit.sleep", WAIT,
          "java.lang.Math.random", SEED,
          "java.util.concurrent.ThreadLocalRandom.current", SEED);
  private static final Map<String, String> THREAD_CALLS =
      Map.of(
          "java.lang.Thread.<init>", STRAND,
          "java.util.concurrent.ThreadPoolExecutor.<init>", STRAND,
          "java.util.concurrent.Executors.newCachedThreadPool", STRAND,
          "java.util.concurrent.Executors.newFixedThreadPool", STRAND,
          "java.util.concurrent.Executors.newSingleThreadExecutor", STRAND,
          "java.util.concurrent.locks.LockSupport.parkNanos", AWAIT,
          "java.util.concurrent.CountDownLatch.await", AWAIT,
          "java.lang.Object.wait", AWAIT,
          "java.lang.Thread.join", AWAIT);
  private static final Map<String, String> CLASSES =
      Map.of(
          "java.nio.file.Files", "Touch files only in " + MAY_TOUCH_FILES,
          "java.io.ObjectInputStream", "Write state with a TypeSerializer",
          "java.io.ObjectOutputStream", "Write state with a TypeSerializer");

  private EdgeRule() {}

  static Stream<Violation> violations(JavaClass type) {
    return Stream.concat(
        type.getAccessesFromSelf().stream()
            .flatMap(access -> Stream.concat(call(type, access), threadCall(type, access))),
        type.getDirectDependenciesFromSelf().stream().flatMap(use -> uses(type, use)));
  }

  private static Stream<Violation> call(JavaClass type, JavaAccess<?> access) {
    if (MAY_READ_THE_CLOCK.contains(type.getFullName())) {
      return Stream.empty();
    }
    String callee = callee(access);
    boolean unseeded =
        callee.equals("java.util.Random.<init>")
            && access.getTarget() instanceof CodeUnitAccessTarget target
            && target.getRawParameterTypes().isEmpty();
    return Optional.ofNullable(unseeded ? SEED : CALLS.get(callee)).stream()
        .map(remedy -> new Violation(where(type, access.getLineNumber()), callee, remedy));
  }

  private static Stream<Violation> threadCall(JavaClass type, JavaAccess<?> access) {
    if (MAY_MAKE_THREADS_AND_WAIT.contains(type.getFullName())) {
      return Stream.empty();
    }
    String callee = callee(access);
    return Optional.ofNullable(THREAD_CALLS.get(callee)).stream()
        .map(remedy -> new Violation(where(type, access.getLineNumber()), callee, remedy));
  }

  private static String callee(JavaAccess<?> access) {
    return access.getTargetOwner().getFullName() + "." + access.getName();
  }

  private static Stream<Violation> uses(JavaClass type, Dependency use) {
    String target = use.getTargetClass().getFullName();
    if (target.equals("java.nio.file.Files") && mayTouchFiles(type.getFullName())) {
      return Stream.empty();
    }
    return Optional.ofNullable(CLASSES.get(target)).stream()
        .map(
            remedy ->
                new Violation(
                    where(type, use.getSourceCodeLocation().getLineNumber()), target, remedy));
  }

  private static boolean mayTouchFiles(String name) {
    return MAY_TOUCH_FILES.stream()
        .anyMatch(room -> name.equals(room) || name.startsWith(room + "."));
  }

  private static String where(JavaClass type, int line) {
    return type.getFullName() + " (line " + line + ")";
  }
}
