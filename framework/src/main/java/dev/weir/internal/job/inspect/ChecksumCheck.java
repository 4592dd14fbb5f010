package dev.weir.internal.job.inspect;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import dev.weir.internal.job.Ports;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StoredManifests;
import dev.weir.job.stored.Damage;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads every file of every checkpoint in a storage. Blocks; stateless but for its ports. */
public final class ChecksumCheck {
  private final Ports ports;

  /** Reads through these ports. */
  public ChecksumCheck(Ports ports) {
    this.ports = ports;
  }

  /** What is missing or damaged, each file once. */
  public List<Damage> of(URI storage) {
    List<Damage> damages = new ArrayList<>();
    try (OpenStorage open = new OpenStorage(storage, ports)) {
      StoredManifests manifests = open.manifests();
      CheckpointStore files = open.files();
      named(manifests, damages)
          .map(CheckpointStore::fileOf)
          .ifPresent(file -> check(file, files, damages));
      Set<FileRef> all = new LinkedHashSet<>();
      for (String name : manifests.names()) {
        attempt(name, 0, damages, () -> manifests.read(name).files().forEachOrdered(all::add));
      }
      all.forEach(file -> check(file, files, damages));
    }
    return damages.stream().distinct().toList();
  }

  private static Optional<LedgerEntry> named(StoredManifests manifests, List<Damage> damages) {
    List<LedgerEntry> found = new ArrayList<>();
    attempt(
        "ledger or marker",
        0,
        damages,
        () -> manifests.savepoint().or(manifests::ledger).ifPresent(found::add));
    return found.stream().findFirst();
  }

  private static void check(FileRef file, CheckpointStore files, List<Damage> damages) {
    attempt(
        file.location(),
        file.offset(),
        damages,
        () -> files.copy(file, OutputStream.nullOutputStream()));
  }

  private static void attempt(String object, long offset, List<Damage> damages, Runnable check) {
    try {
      check.run();
    } catch (RestoreException damaged) {
      damages.add(new Damage(object, offset, damaged.getMessage()));
    }
  }
}
