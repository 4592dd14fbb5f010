package dev.weir.testing.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One client's connection through a link: a socket on each side, a reading and a writing thread for
 * each direction. An orderly end of one direction is passed on; a failure of either side resets
 * both, as a broken network would. Thread-safe.
 */
final class LinkConnection {
  private static final int CONNECT_BOUND_MILLIS = 5_000;

  private final Socket client;
  private final Socket server = new Socket();
  private final LinkState state;
  private final Consumer<LinkConnection> whenGone;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile Optional<HeldRequest> held = Optional.empty();

  LinkConnection(Socket client, LinkState state, Consumer<LinkConnection> whenGone) {
    this.client = client;
    this.state = state;
    this.whenGone = whenGone;
  }

  /** Connects to the server on a thread of its own, so that one slow server delays nobody else. */
  void open(InetSocketAddress address) {
    daemon(
        "weir-link-connect",
        () -> {
          try {
            server.connect(address, CONNECT_BOUND_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new LinkPump(client, server, LinkDirection.TO_SERVER, state, this).start();
            new LinkPump(server, client, LinkDirection.TO_CLIENT, state, this).start();
          } catch (IOException serverIsDown) {
            reset();
          }
        });
  }

  /** One of its requests waits until it is released. */
  void hold(HeldRequest request) throws InterruptedException {
    held = Optional.of(request);
    request.awaitRelease();
  }

  /** Bytes have come from the server. */
  void answered() {
    held.ifPresent(HeldRequest::answered);
  }

  /** A direction has moved its last byte; after both, the sockets are closed in order. */
  void ended() throws IOException {
    if (ended.incrementAndGet() == LinkDirection.values().length) {
      whenGone.accept(this);
      client.close();
      server.close();
    }
  }

  /** Ends both sides with a TCP reset. Safe to call again. */
  void reset() {
    whenGone.accept(this);
    reset(client);
    reset(server);
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void reset(Socket socket) {
    try (socket) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException("Tried to reset a connection of a link; see the cause.", e);
      }
    }
  }
}
