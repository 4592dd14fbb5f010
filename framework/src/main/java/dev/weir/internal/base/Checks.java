package dev.weir.internal.base;

/** Errors of the programmer, thrown at once. */
public final class Checks {
  private Checks() {}

  /** Throws {@link IllegalStateException} with the formatted message unless the condition holds. */
  public static void state(boolean holds, String format, Object... args) {
    if (!holds) {
      throw new IllegalStateException(String.format(format, args));
    }
  }

  /**
   * Throws {@link IllegalArgumentException} with the formatted message unless the condition holds.
   */
  public static void argument(boolean holds, String format, Object... args) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(format, args));
    }
  }
}
