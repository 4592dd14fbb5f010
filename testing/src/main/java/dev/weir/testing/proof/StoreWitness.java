package dev.weir.testing.proof;

import dev.weir.error.WeirException;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Judges that each completed checkpoint is whole for as long as it is retained: until a process has
 * removed its manifest, which goes first, no file goes that it names, and in the end each is there
 * with its length and checksum. The newest one is always retained. Names that a power cut has
 * brought back make no checkpoint retained again. Used by whoever has the baton.
 */
final class StoreWitness implements SimDisk.Names {
  private static final String MANIFEST = "/manifest.weir";

  /**
   * Of the marker and of the probe a dead process may leave a temporary file, a hundred of them at
   * most.
   */
  private static final Pattern NO_CHECKPOINTS =
      Pattern.compile("weir-job|weir-(job|probe)\\.\\d\\d?\\.tmp");

  private final SimDisk disk;
  private final Life life;
  private final Path folder;
  private final Set<String> manifests = new HashSet<>();
  private final Map<String, Set<String>> named = new HashMap<>();
  private final Map<String, String> robbed = new HashMap<>();

  /** Watches a folder from the life's beginning. */
  StoreWitness(SimDisk disk, Life life) {
    this.disk = disk;
    this.life = life;
    this.folder = life.folder();
    disk.tell(this);
  }

  @Override
  public void given(Path path) {
    String location = location(path);
    if (path.startsWith(folder) && location.endsWith(MANIFEST)) {
      manifests.add(location);
    }
  }

  @Override
  public void removed(Path path) {
    String location = location(path);
    if (!manifests.remove(location)) {
      manifests.stream()
          .filter(manifest -> names(manifest).contains(location))
          .forEach(manifest -> robbed.putIfAbsent(manifest, location));
    }
  }

  private Set<String> names(String manifest) {
    return named.computeIfAbsent(
        manifest,
        of ->
            SimObjects.whenNamed(disk, folder)
                .manifest(of)
                .files()
                .map(FileRef::location)
                .collect(Collectors.toSet()));
  }

  private String location(Path path) {
    return folder.relativize(path).toString();
  }

  /** What is wrong with the checkpoints that the ledger of this cluster has. */
  List<String> findings(SimCluster cluster) {
    List<String> findings = new ArrayList<>();
    String newest = "";
    for (LedgerLine line : LedgerLine.in(cluster, life)) {
      newest = line.manifest();
      if (robbed.containsKey(newest)) {
        findings.add(robbed.get(newest) + " was removed while " + newest + " needed it");
      } else if (manifests.contains(newest)) {
        findings.addAll(damages(newest));
      }
    }
    if (!newest.isEmpty() && !manifests.contains(newest)) {
      findings.add("the newest checkpoint " + newest + " is not retained");
    }
    return findings;
  }

  /**
   * What is wrong when an instance in peace has removed what is no longer needed: there are only
   * completed checkpoints, as many as are retained, and what they name.
   */
  List<String> leftovers(SimCluster cluster, int retained) {
    List<String> completed =
        LedgerLine.in(cluster, life).stream().map(LedgerLine::manifest).toList();
    if (completed.isEmpty()) {
      return List.of(); // The ledger lies elsewhere, beside the checkpoints.
    }
    Set<String> there = new TreeSet<>();
    disk.files().stream()
        .filter(path -> path.startsWith(folder))
        .forEach(path -> there.add(location(path)));
    List<String> named = there.stream().filter(completed::contains).toList();
    there.removeIf(name -> NO_CHECKPOINTS.matcher(name).matches());
    named.forEach(there::remove);
    named.forEach(manifest -> there.removeAll(names(manifest)));
    List<String> findings = new ArrayList<>();
    there.forEach(left -> findings.add("no retained checkpoint needs " + left));
    if (named.size() > retained) {
      findings.add(named + " are retained, not " + retained);
    }
    return findings;
  }

  private List<String> damages(String manifest) {
    SimObjects now = SimObjects.ofNow(disk, folder);
    Set<String> damages = new TreeSet<>();
    try {
      CheckpointManifest of = now.manifest(manifest);
      of.files().distinct().forEach(file -> check(now, file, damages));
    } catch (WeirException damaged) {
      damages.add(damaged.getMessage());
    }
    return damages.stream().map(damage -> manifest + " is retained, but: " + damage).toList();
  }

  private static void check(SimObjects now, FileRef file, Set<String> damages) {
    try {
      now.check(file);
    } catch (WeirException damaged) {
      damages.add(damaged.getMessage());
    }
  }
}
