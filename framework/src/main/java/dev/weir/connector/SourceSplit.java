package dev.weir.connector;

import java.util.Objects;

/**
 * A part of a source that one reader reads, with the position to read on from. The engine stores it
 * in checkpoints and does not look inside.
 *
 * @param id unique within the source and the same for ever, such as {@code topic-0}
 * @param position where to read on, in a format of the connector's own that carries a version;
 *     owned by the split, not to be changed
 */
public record SourceSplit(String id, byte[] position) {
  /** Checks that both parts are there. */
  public SourceSplit {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(position, "position");
  }

  @Override
  public String toString() {
    return "SourceSplit[" + id + ", " + position.length + " bytes]";
  }
}
