package dev.weir.connector;

import java.io.IOException;
import java.net.URI;

/**
 * Opens snapshot stores of one kind of {@code checkpoint.storage}. Found by {@link
 * java.util.ServiceLoader}. {@code file:} and {@code memory:} are built in and cannot be replaced.
 * Stateless.
 */
public interface SnapshotStoreProvider {
  /**
   * @return the URI scheme it is for, in lower case, such as {@code s3}
   */
  String scheme();

  /**
   * Opens a store. Blocks.
   *
   * @param uri the setting, with this provider's scheme
   * @return a store that is closed by whoever opened it
   * @throws IOException if it cannot be reached
   * @throws dev.weir.error.InvalidConfigException if the URI makes no sense; the message says why
   */
  SnapshotStore open(URI uri) throws IOException;
}
