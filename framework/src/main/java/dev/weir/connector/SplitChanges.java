package dev.weir.connector;

import java.util.List;

/**
 * How a source differs from what a checkpoint holds of it. Immutable.
 *
 * @param refused why it cannot go on, a sentence each with what to do
 * @param noted what is otherwise from now on, a sentence each
 */
public record SplitChanges(List<String> refused, List<String> noted) {
  /** Nothing differs. */
  public static final SplitChanges NONE = new SplitChanges(List.of(), List.of());

  /** Makes the lists unmodifiable. */
  public SplitChanges {
    refused = List.copyOf(refused);
    noted = List.copyOf(noted);
  }
}
