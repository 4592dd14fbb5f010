package dev.weir.internal.snapshot.group;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.Disk;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SnapshotStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One member of a group as a store of its own: while the group is written without a marker, later
 * with the one that the group's marker stands for. As thread-safe as the group's store.
 */
public final class GroupMember implements SnapshotStore {
  private final SnapshotStore group;
  private final String folder;
  private final Optional<LedgerEntry> entry;

  private GroupMember(SnapshotStore group, int place, Optional<LedgerEntry> entry) {
    this.group = group;
    this.folder = GroupMarker.folderOf(place);
    this.entry = entry;
  }

  /** A member that is being written; the caller closes the group's store. */
  public static GroupMember unmarked(SnapshotStore group, int place) {
    return new GroupMember(group, place, Optional.empty());
  }

  /**
   * Opens a savepoint or a checkpoint storage, or, where the URI ends in {@code #} and a job's
   * name, that member of a group. Blocks.
   *
   * @throws RestoreException if there is no whole group, or no such member of it
   */
  public static SnapshotStore open(URI uri, Disk disk, CrashPoint.Hook crashes) {
    if (uri.getFragment() == null) {
      return SnapshotStores.open(uri, disk, crashes);
    }
    String place = uri.toString().substring(0, uri.toString().indexOf('#'));
    SnapshotStore group = SnapshotStores.open(URI.create(place), disk, crashes);
    try {
      return member(group, place, uri.getFragment());
    } catch (RuntimeException e) {
      close(group, e);
      throw e;
    }
  }

  private static GroupMember member(SnapshotStore group, String place, String job) {
    GroupMarker marker =
        GroupMarker.readFrom(group, place)
            .orElseThrow(
                () ->
                    notFound(
                        job,
                        place,
                        "no " + GroupMarker.NAME + ": the group was never completed",
                        "Name one that was"));
    int found =
        marker
            .placeOf(job)
            .orElseThrow(
                () ->
                    notFound(
                        job,
                        place,
                        "" + marker.members().stream().map(GroupMarker.Member::job).toList(),
                        "Name one of these behind the #"));
    return new GroupMember(group, found, Optional.of(marker.members().get(found).entry()));
  }

  private static RestoreException notFound(String job, String place, String found, String remedy) {
    return new RestoreException(
        "Tried to find job '%s' in the group of savepoints %s, found %s. %s."
            .formatted(job, place, found, remedy));
  }

  private static void close(SnapshotStore group, RuntimeException first) {
    try {
      group.close();
    } catch (IOException e) {
      first.addSuppressed(new StorageException("Tried to close a store: " + e + ". Check it.", e));
    }
  }

  @Override
  public Upload create(String name) throws IOException {
    return group.create(folder + name);
  }

  @Override
  public InputStream open(String name, long offset, long length) throws IOException {
    if (!isMarker(name)) {
      return group.open(folder + name, offset, length);
    }
    byte[] marker = SavepointCopy.markerOf(entry.orElseThrow());
    int begin = (int) Math.min(offset, marker.length);
    return new ByteArrayInputStream(marker, begin, (int) Math.min(length, marker.length - begin));
  }

  private boolean isMarker(String name) {
    return entry.isPresent() && name.equals(SavepointCopy.MARKER);
  }

  @Override
  public List<String> list(String below) throws IOException {
    String path = folder + below;
    List<String> names = new ArrayList<>();
    for (String name : group.list(path.substring(0, path.length() - (below.isEmpty() ? 1 : 0)))) {
      names.add(name.substring(folder.length()));
    }
    if (below.isEmpty() && entry.isPresent()) {
      names.add(SavepointCopy.MARKER);
    }
    return names.stream().sorted().toList();
  }

  @Override
  public void delete(String name) throws IOException {
    group.delete(folder + name);
  }

  @Override
  public void close() throws IOException {
    group.close();
  }
}
