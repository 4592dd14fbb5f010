package dev.weir.job.stored;

import java.util.List;

/**
 * What a stage has in a checkpoint. Immutable.
 *
 * @param name the stage's name in it
 * @param tasks how many tasks wrote it
 * @param inlineBytes what stands in the manifest itself, such as the places where sources read on
 * @param files keyed state, without what is in the base that all stages share
 */
public record StoredStage(String name, int tasks, long inlineBytes, List<StoredFile> files) {
  /** Makes the list unmodifiable. */
  public StoredStage {
    files = List.copyOf(files);
  }
}
