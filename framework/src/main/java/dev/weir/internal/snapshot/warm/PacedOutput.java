package dev.weir.internal.snapshot.warm;

import dev.weir.connector.SnapshotStore;
import java.io.IOException;
import java.io.OutputStream;

/** Writes an object at a pace. Confined to one thread. */
final class PacedOutput extends OutputStream {
  private final SnapshotStore.Upload out;
  private final Pace pace;

  PacedOutput(SnapshotStore.Upload out, Pace pace) {
    this.out = out;
    this.pace = pace;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pace.spend(length);
    out.write(bytes, offset, length);
  }
}
