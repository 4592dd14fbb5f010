package dev.weir.internal.base;

import dev.weir.error.FunctionException;
import dev.weir.error.WeirException;

/** Turns what user code throws, or forgets to return, into errors that name the stage. */
public final class UserCode {
  private UserCode() {}

  /** The result, which must not be null. */
  public static <R> R required(R result, String stage, String function) {
    if (result == null) {
      throw new FunctionException(
          "The "
              + function
              + " of stage '"
              + stage
              + "' returned null. Return a value, or drop the record with filter or flatMap.",
          null);
    }
    return result;
  }

  /** What to throw for what user code threw: an error of Weir as it is. */
  public static WeirException failed(Exception cause, String stage, String function) {
    if (cause instanceof WeirException known) {
      return known;
    }
    return new FunctionException(
        "The " + function + " of stage '" + stage + "' failed: " + cause + ". See the cause.",
        cause);
  }
}
