package dev.weir.error;

/** A source or a sink could not reach or use its outside system. The message names it. */
public class ConnectorException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public ConnectorException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public ConnectorException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CONNECTOR_TRANSIENT;
  }
}
