package dev.weir.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkTest {
  private static final int SHORT_MILLIS = 200;
  private static final short END_TXN = 26;

  /** The head of a request to end a transaction, of which four bytes more are to come. */
  private static final String REQUEST = "\0\0\0\6\0\32";

  private ServerSocket server;
  private Link link;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    link = Link.to(server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    server.close();
  }

  @Test
  void shouldCarryBytesBothWays() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      send(client, "question");
      send(accepted, "answer");

      assertThat(receive(accepted, 8)).isEqualTo("question");
      assertThat(receive(client, 6)).isEqualTo("answer");
    }
  }

  @Test
  void shouldPassOnAnOrderlyEndAfterTheLastByte() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      send(accepted, "last words");
      accepted.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last words");
    }
  }

  @Test
  void shouldForgetConnectionsThatAreClosed() throws IOException {
    Socket client = client();
    Socket accepted = server.accept();

    client.close();
    accepted.close();

    Await.until("no connection", Duration.ofSeconds(5), () -> link.connections() == 0);
  }

  @Test
  void shouldResetOpenAndNewConnectionsWhileCut() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      link.cut();

      assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketException.class);
      assertThatThrownBy(
              () -> {
                try (Socket another = client()) {
                  receive(another, 1);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void shouldAcceptConnectionsAgainOnceHealed() throws IOException {
    link.cut();

    link.heal();

    try (Socket client = client();
        Socket accepted = server.accept()) {
      send(client, "again");
      assertThat(receive(accepted, 5)).isEqualTo("again");
    }
  }

  @Test
  void shouldHoldBytesWhileStalledAndDeliverThemOnceHealed() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      link.stall();
      send(client, "held");
      accepted.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketTimeoutException.class);

      link.heal();

      accepted.setSoTimeout(0);
      assertThat(receive(accepted, 4)).isEqualTo("held");
    }
  }

  @Test
  void shouldLoseHeldBytesWhenCutAfterAStall() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      link.stall();
      send(client, "lost");

      link.cut();

      assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void shouldStallOneDirectionOnly() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      link.stall(LinkDirection.TO_CLIENT);
      send(client, "request");
      send(accepted, "answer");

      assertThat(receive(accepted, 7)).isEqualTo("request");
      client.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void shouldHoldOneRequestThoughItsClientGoesWhileOtherConnectionsGoOn() throws IOException {
    HeldRequest held = link.holdNext(END_TXN);
    try (Socket client = client();
        Socket accepted = server.accept()) {
      send(client, REQUEST + "late");
      Await.until("the request", Duration.ofSeconds(5), held::isHeld);
      client.close();
      try (Socket other = client();
          Socket otherAccepted = server.accept()) {
        send(other, REQUEST + "soon");
        assertThat(receive(otherAccepted, 10)).endsWith("soon");
      }
      accepted.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> receive(accepted, 1)).isInstanceOf(SocketTimeoutException.class);

      held.release();

      accepted.setSoTimeout(0);
      assertThat(receive(accepted, 10)).endsWith("late");
    }
  }

  @Test
  void shouldDelayBytesWithoutNarrowingTheLink() throws IOException {
    try (Socket client = client();
        Socket accepted = server.accept()) {
      link.delay(Duration.ofMillis(SHORT_MILLIS));
      long start = Clock.system().monotonicMillis();
      for (int i = 0; i < 10; i++) {
        send(client, "0123456789");
        Await.until("a moment", Duration.ofSeconds(1), new Moments(2)::passed);
      }

      assertThat(receive(accepted, 100)).hasSize(100);
      long took = Clock.system().monotonicMillis() - start;
      assertThat(took).isBetween((long) SHORT_MILLIS, 9L * SHORT_MILLIS);
    }
  }

  @Test
  void shouldResetClientsWhileTheServerIsDown() throws IOException {
    server.close();

    try (Socket client = client()) {
      assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
    }
  }

  private Socket client() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), link.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String receive(Socket socket, int count) throws IOException {
    InputStream input = socket.getInputStream();
    return new String(input.readNBytes(count), StandardCharsets.US_ASCII);
  }

  /** Lets a few polls of {@link Await} go by, so that writes arrive as pieces of their own. */
  private static final class Moments {
    private int left;

    Moments(int count) {
      left = count;
    }

    boolean passed() {
      return left-- <= 0;
    }
  }
}
