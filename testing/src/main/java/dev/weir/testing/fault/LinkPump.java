package dev.weir.testing.fault;

import dev.weir.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Moves the bytes of one direction. One thread reads and stamps them, another lets them go when the
 * link allows, so that a delay costs latency and not throughput. At most {@link #HELD} pieces are
 * held; then the sender feels it as back-pressure.
 */
final class LinkPump {
  private static final int HELD = 256;
  private static final int PIECE_BYTES = 64 * 1024;

  private final Socket from;
  private final Socket to;
  private final LinkDirection direction;
  private final LinkState state;
  private final LinkConnection connection;
  private final RequestFrames frames = new RequestFrames();
  private final BlockingQueue<Piece> held = new ArrayBlockingQueue<>(HELD);

  LinkPump(
      Socket from, Socket to, LinkDirection direction, LinkState state, LinkConnection connection) {
    this.from = from;
    this.to = to;
    this.direction = direction;
    this.state = state;
    this.connection = connection;
  }

  void start() {
    LinkConnection.daemon("weir-link-read-" + direction, () -> run(this::read));
    LinkConnection.daemon("weir-link-write-" + direction, () -> run(this::write));
  }

  private void run(Transfer transfer) {
    try {
      transfer.run();
    } catch (IOException | InterruptedException oneSideIsGone) {
      held.clear();
      held.offer(Piece.END);
      connection.reset();
    }
  }

  private void read() throws IOException, InterruptedException {
    InputStream input = from.getInputStream();
    byte[] buffer = new byte[PIECE_BYTES];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      if (direction == LinkDirection.TO_CLIENT) {
        connection.answered();
      }
      held.put(new Piece(Arrays.copyOf(buffer, read), Clock.system().nanos()));
    }
    held.put(Piece.END);
  }

  private void write() throws IOException, InterruptedException {
    OutputStream output = to.getOutputStream();
    for (Piece piece = held.take(); !piece.isEnd(); piece = held.take()) {
      Optional<HeldRequest> request = heldOf(piece);
      if (request.isPresent()) {
        connection.hold(request.get());
      }
      if (!state.awaitPassage(direction, piece.arrivedNanos())) {
        connection.reset();
        return;
      }
      request.ifPresent(HeldRequest::delivered);
      output.write(piece.bytes());
    }
    to.shutdownOutput();
    connection.ended();
  }

  private Optional<HeldRequest> heldOf(Piece piece) {
    return direction == LinkDirection.TO_SERVER
        ? state.heldOf(frames.keysIn(piece.bytes()))
        : Optional.empty();
  }

  private interface Transfer {
    void run() throws IOException, InterruptedException;
  }

  private record Piece(byte[] bytes, long arrivedNanos) {
    /** A read never gives no bytes, so this is no data. */
    static final Piece END = new Piece(new byte[0], 0);

    boolean isEnd() {
      return bytes.length == 0;
    }
  }
}
