package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds loopback ports to listen on. They lie below the range from which Linux takes the ports of
 * outgoing connections (32768 and up): a client that keeps calling a dead broker can otherwise be
 * given the broker's own port, connect to itself, and keep the broker from coming back.
 * Thread-safe.
 */
public final class FreePorts {
  private static final int FIRST = 11_000;
  private static final int COUNT = 21_000;
  private static final int STRIDE = 211;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % COUNT));

  private FreePorts() {}

  /**
   * A port nobody listens on now. JVMs start their search at different places, and one JVM is never
   * given the same port twice in a row, but nothing reserves it.
   *
   * @return a port of 127.0.0.1
   * @throws WeirException if none of the range can be bound
   */
  public static int next() {
    IOException last = null;
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndUpdate(at -> (at + 1) % COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new WeirException(
        String.format(
            "Looked for a free port of 127.0.0.1 from %d to %d, none could be bound; see what"
                + " listens there.",
            FIRST, FIRST + COUNT - 1),
        last);
  }
}
