package dev.weir.internal.base;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Bytes that say themselves that they are compressed; what does not begin so is read as it is.
 * Stateless; what is passed in is confined to the caller's thread.
 *
 * <pre>
 *   "WEIRZLIB"   the content, as RFC 1950 describes it, to the end
 * </pre>
 */
public final class Zlib {
  private static final byte[] MAGIC = {'W', 'E', 'I', 'R', 'Z', 'L', 'I', 'B'};
  private static final int BUFFER = 1 << 16;

  private Zlib() {}

  /** Writes what the body writes, compressed; flushes but does not close the stream. */
  public static void write(OutputStream out, Body<DataOutputStream> body) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      out.write(MAGIC);
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, BUFFER);
      DataOutputStream data = new DataOutputStream(new BufferedOutputStream(deflated, BUFFER));
      body.accept(data);
      data.flush();
      deflated.finish();
      out.flush();
    } finally {
      deflater.end();
    }
  }

  /**
   * Shows the content, of which the body must read all.
   *
   * @param in can go back to a mark; is not closed
   * @throws IOException if it is not what was written: it ends before its end, or behind it
   */
  public static void read(InputStream in, Body<InputStream> body) throws IOException {
    in.mark(MAGIC.length);
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      in.reset();
      body.accept(in);
      return;
    }
    Inflater inflater = new Inflater();
    try {
      InflaterInputStream inflated = new InflaterInputStream(in, inflater, BUFFER);
      body.accept(new BufferedInputStream(inflated, BUFFER));
      if (!inflater.finished() || inflater.getRemaining() > 0 || in.read() >= 0) {
        throw new StreamCorruptedException("expected the end of what was compressed, found more");
      }
    } finally {
      inflater.end();
    }
  }

  /** The content of bytes, compressed or not. */
  public static byte[] contentOf(byte[] bytes) throws IOException {
    byte[][] content = new byte[1][];
    read(new ByteArrayInputStream(bytes), in -> content[0] = in.readAllBytes());
    return content[0];
  }

  /** Reads or writes a stream. */
  @FunctionalInterface
  public interface Body<S> {
    /** Does it. */
    void accept(S stream) throws IOException;
  }
}
