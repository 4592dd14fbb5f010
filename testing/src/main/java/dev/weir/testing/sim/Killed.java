package dev.weir.testing.sim;

/** Unwinds the strands of a process that is no more. Nobody who catches it can do anything. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed(String process) {
    super(process + " is dead", null, false, false);
  }
}
