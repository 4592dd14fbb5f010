package dev.weir.testing.proof;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.WeirException;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the savepoints of which a job has said that they are there: each is a completed
 * checkpoint, and whatever has happened since, whole. Used when the run is over.
 */
final class SavepointWitness {
  private final SimCluster cluster;
  private final SimDisk disk;
  private final List<Taken> all = new ArrayList<>();

  SavepointWitness(SimCluster cluster, SimDisk disk) {
    this.cluster = cluster;
    this.disk = disk;
  }

  /**
   * A savepoint that is there.
   *
   * @param folder where
   * @param life whose job has taken it
   * @param checkpointId of which checkpoint
   */
  record Taken(Path folder, Life life, long checkpointId) {}

  void taken(Taken savepoint) {
    all.add(savepoint);
  }

  int count() {
    return all.size();
  }

  /** What is wrong with them; their state is judged if there is a judge. */
  List<String> findings(Optional<StateWitness> state) {
    List<String> findings = new ArrayList<>();
    for (Taken savepoint : all) {
      try {
        judge(savepoint, state)
            .forEach(wrong -> findings.add("savepoint " + savepoint.folder() + ": " + wrong));
      } catch (WeirException damaged) {
        findings.add(damaged.getMessage());
      }
    }
    return findings;
  }

  private List<String> judge(Taken savepoint, Optional<StateWitness> state) {
    SimObjects objects = SimObjects.ofNow(disk, savepoint.folder());
    LedgerEntry entry = SavepointCopy.read(objects, savepoint.folder().toString());
    objects.manifest(entry.manifest()).files().distinct().forEach((FileRef f) -> objects.check(f));
    List<String> findings = new ArrayList<>();
    String name = "checkpoint " + savepoint.checkpointId();
    if (entry.checkpointId() != savepoint.checkpointId()
        || LedgerLine.in(cluster, savepoint.life()).stream()
            .noneMatch(line -> line.name().equals(name))) {
      findings.add("it is of checkpoint " + entry.checkpointId() + ", not of a completed " + name);
    }
    state.ifPresent(judge -> findings.addAll(judge.judge(entry.manifest(), objects)));
    return findings;
  }
}
