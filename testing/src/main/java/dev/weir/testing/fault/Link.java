package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP link from a port of 127.0.0.1 to a server, which a test may cut (connections are reset),
 * stall (bytes are held, connections stay open) or delay. It starts healthy. Thread-safe; no call
 * blocks.
 */
public final class Link implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final LinkState state = new LinkState();
  private final Set<LinkConnection> connections = ConcurrentHashMap.newKeySet();

  private Link(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /**
   * @param serverPort a port of 127.0.0.1; nobody needs to listen there yet
   * @return a healthy link to it
   * @throws WeirException if no port can be had
   */
  public static Link to(int serverPort) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      ServerSocket listener = new ServerSocket(FreePorts.next(), BACKLOG, loopback);
      Link link = new Link(new InetSocketAddress(loopback, serverPort), listener);
      LinkConnection.daemon("weir-link-" + link.port(), link::accept);
      return link;
    } catch (IOException e) {
      throw new WeirException(
          "Tried to open a link to port " + serverPort + ", its own port was taken; try again.", e);
    }
  }

  /**
   * @return the port of 127.0.0.1 to connect to instead of the server's
   */
  public int port() {
    return listener.getLocalPort();
  }

  /** Resets all connections, and every new one, until healed. */
  public void cut() {
    state.cut(true);
    connections.forEach(LinkConnection::reset);
  }

  /** Holds all bytes of both directions, until healed. */
  public void stall() {
    stall(LinkDirection.TO_SERVER);
    stall(LinkDirection.TO_CLIENT);
  }

  /**
   * Holds the bytes of one direction, until healed: requests that never arrive, or requests that
   * take effect and whose answers never come.
   *
   * @param direction whose bytes are held
   */
  public void stall(LinkDirection direction) {
    state.stall(direction);
  }

  /**
   * Holds the next request of this kind, by whichever connection it comes, until that is released;
   * for links to a Kafka broker.
   *
   * @param apiKey the kind, as Kafka's protocol numbers it
   * @return what is held, or will be
   */
  public HeldRequest holdNext(short apiKey) {
    return state.holdNext(apiKey);
  }

  /**
   * Lets each byte arrive later by this, in each direction; the link does not get narrower.
   *
   * @param latency zero for none
   */
  public void delay(Duration latency) {
    state.delay(latency);
  }

  /** Makes the link whole: held bytes flow, new connections pass. */
  public void heal() {
    state.heal();
  }

  /**
   * @return the number of open connections through the link
   */
  public int connections() {
    return connections.size();
  }

  /** Closes the port and resets all connections. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new WeirException("Tried to close the link at port " + port() + "; see the cause.", e);
    } finally {
      cut();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new WeirException(
              "The link at port " + port() + " can accept no more; see why.", e);
        }
      }
    }
  }

  private void connect(Socket client) {
    LinkConnection connection = new LinkConnection(client, state, connections::remove);
    connections.add(connection);
    if (state.isCut()) {
      connection.reset();
    } else {
      connection.open(server);
    }
  }
}
