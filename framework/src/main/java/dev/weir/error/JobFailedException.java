package dev.weir.error;

/**
 * Thrown by {@link dev.weir.job.Job#await()} when the job is suspended; the cause is the failure
 * behind it, and {@link #kind} is its kind.
 */
public class JobFailedException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public JobFailedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return getCause() == null ? FailureKind.BUG : FailureKind.of(getCause());
  }
}
