package dev.weir.job;

import dev.weir.error.FailureKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why a job is suspended. Immutable. The job's last completed checkpoint is kept: started again, it
 * goes on from there.
 *
 * @param kind what kind of failure it was
 * @param reason the failure's message: what was tried, what was found, what to do
 * @param diagnostics some lines for whoever looks into it: attempts, restarts, the last checkpoint,
 *     the newest failures with their times
 * @param file where that is written, with the stacks and the settings; empty if it could not be
 */
public record Suspension(FailureKind kind, String reason, String diagnostics, Optional<Path> file) {
  /**
   * @return the reason, and where more is to be read
   */
  public String summary() {
    return reason + file.map(each -> " Diagnostics: " + each).orElse("");
  }
}
