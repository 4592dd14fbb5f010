package dev.weir.error;

/**
 * A setting is unknown, forbidden or does not fit the others. Thrown when a configuration or a
 * connector is built, or at the job's start. Never restarted.
 */
public class InvalidConfigException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public InvalidConfigException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public InvalidConfigException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.SETUP;
  }
}
