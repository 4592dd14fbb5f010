package dev.weir.testing.broker;

import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.ChildJvmBuilder;

/** How the JVM of an embedded broker is started, so that it is ready soon and says little. */
final class BrokerJvm {
  private static final String[] QUICK_START = {
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:+IgnoreUnrecognizedVMOptions",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote"
  };

  private BrokerJvm() {}

  /** With the archive of loaded classes where there is one; it is made at the first call. */
  static ChildJvmBuilder of(String mainClass, boolean isQuickStart) {
    ChildJvmBuilder child = plain(mainClass);
    if (isQuickStart) {
      child.options(QUICK_START);
    }
    return ClassArchive.useIn(child);
  }

  static ChildJvmBuilder plain(String mainClass) {
    return ChildJvm.of(mainClass)
        .options("-Xmx512m", "-XX:-UsePerfData")
        .property("org.slf4j.simpleLogger.defaultLogLevel", "warn")
        .property("org.slf4j.simpleLogger.logFile", "System.out")
        .property("org.slf4j.simpleLogger.showDateTime", "true");
  }
}
