package dev.weir.internal.snapshot;

import java.util.Optional;

/** Where the base comes from that the checkpoints of an attempt stand on. Thread-safe. */
public interface SharedBases {
  /** For state that each task saves by itself. */
  SharedBases NONE =
      new SharedBases() {
        @Override
        public Optional<SharedBase> newest() {
          return Optional.empty();
        }

        @Override
        public void completed(CheckpointManifest manifest) {}

        @Override
        public void damaged(FileRef file) {}
      };

  /** The newest base that is durable; never an older one than before. Does not block. */
  Optional<SharedBase> newest();

  /** A checkpoint is completed: a good moment to begin a new base. Does not block. */
  void completed(CheckpointManifest manifest);

  /** A file is damaged in the store: if it is a base's, the next base has another copy. */
  void damaged(FileRef file);
}
