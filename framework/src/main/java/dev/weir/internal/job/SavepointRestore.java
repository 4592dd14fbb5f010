package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger.TakeOver;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.group.GroupMember;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a job whose ledger names no checkpoint begin from a savepoint, as if the ledger named the
 * savepoint. Until its first checkpoint is completed, each attempt copies the savepoint in anew.
 * Blocks; on one I/O thread.
 */
final class SavepointRestore {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointRestore.class);

  private final JobDefinition job;
  private final Ports ports;

  SavepointRestore(JobDefinition job, Ports ports) {
    this.job = job;
    this.ports = ports;
  }

  /** What was taken over, or else the savepoint, copied into the job's store. */
  TakeOver orSavepoint(TakeOver taken, SnapshotStore own) throws Exception {
    Optional<URI> savepoint = job.config().restoreFrom();
    if (savepoint.isEmpty()) {
      return taken;
    }
    if (taken.lastCompleted().isPresent()) {
      LOG.info(
          "Job {}: goes on from checkpoint {} that its ledger names, not from the savepoint {}",
          job.name(),
          taken.lastCompleted().get().checkpointId(),
          savepoint.get());
      return taken;
    }
    return new TakeOver(taken.attempt(), Optional.of(copied(savepoint.get(), own, taken)));
  }

  private LedgerEntry copied(URI savepoint, SnapshotStore own, TakeOver taken) throws Exception {
    String name = savepoint.toString();
    try (SnapshotStore from = GroupMember.open(savepoint, ports.disk(), ports.crashes())) {
      LedgerEntry entry = SavepointCopy.read(from, name);
      CheckpointManifest manifest =
          new CheckpointStore(from, name, CrashPoint.Hook.NONE)
              .readManifest(CheckpointStore.fileOf(entry));
      new RestoreCheck(manifest, job.graph().logical()).check(job.config());
      LOG.info(
          "Job {}: begins from the savepoint {}, checkpoint {} of job {}",
          job.name(),
          name,
          manifest.checkpointId(),
          manifest.job());
      return new SavepointCopy(from, own, job.storageName(), ports.crashes())
          .importAll(manifest, job.name(), taken.attempt());
    }
  }
}
