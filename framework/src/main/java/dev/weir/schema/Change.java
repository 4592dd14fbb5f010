package dev.weir.schema;

/** How far what is read differs from what was written; each includes the ones before it. */
public enum Change {
  /** Nothing differs. */
  NONE,
  /** Names differ, bytes do not: what is written again has the bytes it had. */
  NAMES,
  /** Bytes differ, and values that differed still do. */
  VALUES,
  /** Something is left out: values that differed may become equal. */
  LOSS;

  /**
   * @param other another change
   * @return the larger of the two
   */
  public Change and(Change other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
