package dev.weir.pipeline;

import dev.weir.error.InvalidPipelineException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of states are identities too: well formed, and each given once. */
final class StateNames {
  private StateNames() {}

  /** Throws {@link InvalidPipelineException} unless they are, beginning with who declares them. */
  static void check(String declarer, List<String> names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(Pipeline.checkedName("state", name))) {
        throw new InvalidPipelineException(
            declarer
                + " declares two states named '"
                + name
                + "'. Names are identities in checkpoints: give one of them another name.");
      }
    }
  }
}
