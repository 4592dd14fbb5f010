package dev.weir.internal.snapshot;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.Layout.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what no retained manifest names. Spared are: what is not Weir's, what later attempts
 * wrote, and what this attempt wrote for checkpoints after the newest retained one, which may be
 * under way. Runs on an I/O thread.
 */
final class Sweep {
  private final Disk disk;
  private final Layout layout;
  private final CrashPoint.Hook crashes;

  Sweep(Disk disk, Layout layout, CrashPoint.Hook crashes) {
    this.disk = disk;
    this.layout = layout;
    this.crashes = crashes;
  }

  void retainOnly(Collection<SnapshotStore.RetainedManifest> retained, long attempt)
      throws IOException {
    Set<String> kept = retained.stream().flatMap(Sweep::locations).collect(Collectors.toSet());
    long newest =
        retained.stream().mapToLong(each -> each.manifest().checkpointId()).max().orElseThrow();
    for (CheckpointDirectory directory : directories()) {
      boolean isUnderWay = directory.attempt() == attempt && directory.checkpointId() > newest;
      if (directory.attempt() <= attempt && !isUnderWay) {
        sweep(directory, kept);
      }
    }
  }

  private static Stream<String> locations(SnapshotStore.RetainedManifest retained) {
    Stream<String> files =
        retained.manifest().stages().values().stream()
            .flatMap(List::stream)
            .flatMap(part -> part.files().stream())
            .map(FileRef::location);
    return Stream.concat(Stream.of(retained.file().location()), files);
  }

  List<CheckpointDirectory> directories() throws IOException {
    return disk.list(layout.checkpoints()).stream()
        .filter(Disk.Entry::isDirectory)
        .flatMap(entry -> Layout.parse(entry.name()).stream())
        .sorted(Comparator.comparingLong(CheckpointDirectory::checkpointId))
        .toList();
  }

  /** The manifest goes first: what is left of a checkpoint must not look like one. */
  private void sweep(CheckpointDirectory directory, Set<String> kept) throws IOException {
    Path path = layout.checkpoints().resolve(directory.name());
    List<String> doomed =
        disk.list(path).stream()
            .filter(entry -> !entry.isDirectory() && Layout.isOurs(entry.name()))
            .map(Disk.Entry::name)
            .filter(name -> !kept.contains(directory.location(name)))
            .sorted(Comparator.comparing(name -> !name.equals(Layout.MANIFEST)))
            .toList();
    for (String name : doomed) {
      crashes.reached(CrashPoint.BEFORE_DELETE, directory.checkpointId());
      disk.delete(path.resolve(name));
    }
    if (disk.list(path).isEmpty()) {
      disk.delete(path);
    }
  }
}
