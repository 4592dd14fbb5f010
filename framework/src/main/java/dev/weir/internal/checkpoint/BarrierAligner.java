package dev.weir.internal.checkpoint;

import dev.weir.internal.base.Checks;
import java.util.Arrays;

/**
 * Counts a checkpoint's barriers over the inputs of a task. Pure; confined to one thread.
 *
 * <p>Chandy and Lamport's marker rule for acyclic graphs, as in Carbone et al., "Lightweight
 * Asynchronous Snapshots for Distributed Dataflows", 2015, section 4.2: an input that has shown its
 * barrier waits for the others.
 */
public final class BarrierAligner {
  private static final long NONE = -1;

  private final boolean[] arrived;
  private long checkpointId = NONE;
  private int count;

  /** For a task with this many inputs. */
  public BarrierAligner(int inputs) {
    this.arrived = new boolean[inputs];
  }

  /** Whether this input has shown the barrier of the checkpoint that is being aligned. */
  public boolean hasArrived(int input) {
    return arrived[input];
  }

  /** Takes a barrier; true if it was the last one missing, so that the cut is to be made now. */
  public boolean barrier(int input, long id) {
    Checks.state(
        checkpointId == NONE || checkpointId == id,
        "Barrier %d arrived on input %d while aligning checkpoint %d",
        id,
        input,
        checkpointId);
    Checks.state(!arrived[input], "Barrier %d arrived twice on input %d", id, input);
    checkpointId = id;
    arrived[input] = true;
    count++;
    if (count < arrived.length) {
      return false;
    }
    checkpointId = NONE;
    count = 0;
    Arrays.fill(arrived, false);
    return true;
  }
}
