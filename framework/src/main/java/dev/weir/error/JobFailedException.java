package dev.weir.error;

/**
 * Thrown by {@link dev.weir.job.Job#await()} when the job has ended by an error; the cause is the
 * failure that ended it.
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
  public boolean isRestartable() {
    return false;
  }
}
