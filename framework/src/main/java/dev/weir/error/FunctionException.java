package dev.weir.error;

/** User code failed. The message names the stage; the cause is what the user code threw. */
public class FunctionException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   * @param cause what user code threw
   */
  public FunctionException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.USER_CODE;
  }
}
