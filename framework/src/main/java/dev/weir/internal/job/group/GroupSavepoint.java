package dev.weir.internal.job.group;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.Causes;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.JobHandle.Cut;
import dev.weir.internal.job.Ports;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.internal.snapshot.group.GroupMarker;
import dev.weir.internal.snapshot.group.GroupMember;
import dev.weir.job.Job;
import dev.weir.job.Savepoint;
import dev.weir.job.SavepointGroup;
import dev.weir.job.StopMode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Takes the savepoints of several jobs at one cut: every job completes one checkpoint, and none
 * completes a second one before all have completed theirs. So whatever one of them has read of
 * another's committed output was committed by the other's checkpoint here, or by an earlier one, in
 * whichever order they come. Blocks; on a thread of its own, one use.
 */
public final class GroupSavepoint {
  private final List<JobHandle> jobs;
  private final URI target;
  private final Optional<StopMode> stop;
  private final Ports ports;

  private GroupSavepoint(List<JobHandle> jobs, URI target, Optional<StopMode> stop, Ports ports) {
    this.jobs = jobs;
    this.target = target;
    this.stop = stop;
    this.ports = ports;
  }

  /** Begins, and returns at once. */
  public static CompletionStage<SavepointGroup> take(
      List<Job> jobs, URI target, Optional<StopMode> stop, Ports ports) {
    SnapshotStores.check(target);
    Checks.argument(target.getFragment() == null, "'%s' must not have a part behind a #", target);
    Checks.argument(!jobs.isEmpty(), "A group savepoint needs a job");
    Checks.argument(
        jobs.stream().map(Job::name).distinct().count() == jobs.size(),
        "A group savepoint needs jobs with names of their own, got %s",
        jobs.stream().map(Job::name).toList());
    List<JobHandle> handles = new ArrayList<>();
    for (Job job : jobs) {
      Checks.argument(job instanceof JobHandle, "Job '%s' was not started by Weir", job.name());
      handles.add((JobHandle) job);
    }
    GroupSavepoint group = new GroupSavepoint(handles, target, stop, ports);
    ExecutorService thread = ports.threads().io("weir-group-savepoint");
    return CompletableFuture.supplyAsync(group::take, thread)
        .whenComplete((taken, failure) -> thread.shutdown());
  }

  private SavepointGroup take() {
    try (SnapshotStore place = SnapshotStores.open(target, ports.disk(), ports.crashes())) {
      refuseAnother(place);
      List<CompletableFuture<Cut>> asked = jobs.stream().map(job -> job.cut(stop)).toList();
      try {
        return copied(cuts(asked), place);
      } finally {
        asked.forEach(GroupSavepoint::letGo);
      }
    } catch (IOException e) {
      throw new StorageException(
          "Tried to close " + target + ": " + e + ". Check the store and the rights.", e);
    }
  }

  private void refuseAnother(SnapshotStore place) throws IOException {
    List<String> names = place.list("");
    if (names.contains(GroupMarker.NAME) || names.contains(SavepointCopy.MARKER)) {
      throw new InvalidConfigException(
          "Tried to write a group of savepoints to "
              + target
              + ", but there is one already. Name an empty place; savepoints are never replaced.");
    }
  }

  /** All of them, or the first failure. */
  private List<Cut> cuts(List<CompletableFuture<Cut>> asked) {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    for (CompletableFuture<Cut> each : asked) {
      CompletableFuture<Cut> unused =
          each.whenComplete(
              (cut, failure) -> {
                if (failure != null) {
                  failed.completeExceptionally(failure);
                }
              });
    }
    try {
      CompletableFuture.anyOf(
              failed, CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new)))
          .join();
    } catch (CompletionException e) {
      Throwable cause = Causes.behind(e);
      throw new CheckpointFailedException(
          "The group of savepoints to "
              + target
              + " was not taken, and none of it counts: "
              + cause.getMessage(),
          cause);
    }
    List<Cut> cuts = asked.stream().map(CompletableFuture::join).toList();
    if (stop.isEmpty()) {
      releaseAll(cuts);
    }
    return cuts;
  }

  /** Lets every job go on, and checks that none did before. */
  private void releaseAll(List<Cut> cuts) {
    List<CompletableFuture<Boolean>> released = cuts.stream().map(Cut::release).toList();
    for (int i = 0; i < cuts.size(); i++) {
      if (!released.get(i).join()) {
        throw new CheckpointFailedException(
            "The group of savepoints to "
                + target
                + " was not taken: job '"
                + cuts.get(i).job()
                + "' went on behind checkpoint "
                + cuts.get(i).checkpointId()
                + " before the others had completed theirs: it ended, failed, or waited for longer"
                + " than its checkpoint.timeout.ms. Ask again when all jobs run.");
      }
    }
  }

  private SavepointGroup copied(List<Cut> cuts, SnapshotStore place) {
    List<GroupMarker.Member> members = new ArrayList<>();
    List<Savepoint> savepoints = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      Cut cut = cuts.get(i);
      String name = target + "/" + GroupMarker.folderOf(i);
      members.add(
          new GroupMarker.Member(cut.job(), cut.copyTo(GroupMember.unmarked(place, i), name)));
      URI location = URI.create(target + "#" + cut.job());
      savepoints.add(new Savepoint(location, cut.job(), cut.checkpointId()));
    }
    new GroupMarker(members).writeTo(place, target.toString());
    ports.crashes().reached(CrashPoint.SAVEPOINT_MARKED, cuts.get(0).checkpointId());
    return new SavepointGroup(target, savepoints);
  }

  /** Now, or as soon as it comes; where it does not, the job has gone on by itself. */
  private static void letGo(CompletableFuture<Cut> asked) {
    CompletableFuture<Void> unused =
        asked.thenAccept(
            cut -> {
              CompletableFuture<Boolean> ignored = cut.release();
              cut.done();
            });
  }
}
