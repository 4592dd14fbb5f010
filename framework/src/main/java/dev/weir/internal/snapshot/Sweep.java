package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes what no retained manifest names. Spared are: what is not Weir's, what later attempts
 * wrote, and what this attempt wrote for checkpoints after the newest retained one, or for bases
 * after the newest that one of them stands on: those may be under way. Runs on an I/O thread.
 */
final class Sweep {
  private static final Comparator<String> MANIFESTS_FIRST =
      Comparator.comparing(name -> !Layout.isManifest(name));

  private final SnapshotStore objects;
  private final CrashPoint.Hook crashes;

  Sweep(SnapshotStore objects, CrashPoint.Hook crashes) {
    this.objects = objects;
    this.crashes = crashes;
  }

  /** Manifests go first: what is left of a checkpoint must not look like one. */
  void retainOnly(Collection<RetainedManifest> retained, long attempt) throws IOException {
    Set<String> kept = retained.stream().flatMap(Sweep::locations).collect(Collectors.toSet());
    long newest =
        retained.stream().mapToLong(each -> each.manifest().checkpointId()).max().orElse(-1);
    long newestBase =
        retained.stream()
            .filter(each -> each.manifest().attempt() == attempt)
            .flatMap(each -> each.manifest().base().stream())
            .mapToLong(SharedBase::id)
            .max()
            .orElse(-1);
    List<String> names = new ArrayList<>(objects.list(Layout.CHECKPOINTS));
    names.addAll(objects.list(Layout.BASES));
    List<String> doomed =
        names.stream()
            .filter(name -> !kept.contains(name))
            .filter(name -> isDoomed(name, attempt, newest, newestBase))
            .sorted(MANIFESTS_FIRST)
            .toList();
    for (String name : doomed) {
      crashes.reached(CrashPoint.BEFORE_DELETE, Layout.folderOf(name).orElseThrow().id());
      objects.delete(name);
    }
  }

  private static boolean isDoomed(String name, long attempt, long newest, long newestBase) {
    return Layout.folderOf(name)
        .filter(of -> of.attempt() <= attempt)
        .filter(of -> of.attempt() < attempt || of.id() <= (of.isOfBase() ? newestBase : newest))
        .isPresent();
  }

  private static Stream<String> locations(RetainedManifest retained) {
    return Stream.concat(Stream.of(retained.file()), retained.manifest().files())
        .map(FileRef::location);
  }
}
