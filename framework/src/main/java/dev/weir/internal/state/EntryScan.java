package dev.weir.internal.state;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import java.util.ConcurrentModificationException;
import java.util.List;

/**
 * Walks over the entries of one owner in the order of their bytes, merging the layers: of rows with
 * the same key the newest layer's is the one, and where an owner is cleared nothing below counts.
 *
 * <p>It stands between two keys and looks for the nearest row behind it at each step, so what the
 * owner's task writes meanwhile behind it changes nothing and what it writes ahead is seen. Only
 * the bottom is read in pieces, and that changes only when rows sink, which is between records: a
 * scan ends with the first barrier or sinking row after its beginning. Keeps nothing open. Confined
 * to the task's thread.
 */
final class EntryScan<K, V> implements StateTable.Scan<K, V> {
  private static final int FIRST_PIECE = 8;
  private static final int LARGEST_PIECE = 256;

  private final Layers<K, V> layers;
  private final int newest;
  private final boolean isView;
  private final byte[] end;
  private final long version;
  private K from;
  private K key;
  private V value;
  private List<Row<K, V>> piece = List.of();
  private int pieceSize = FIRST_PIECE;
  private int inPiece;
  private boolean isLastPiece;

  private EntryScan(Layers<K, V> layers, int newest, boolean isView, K from, byte[] end) {
    this.layers = layers;
    this.newest = newest;
    this.isView = isView;
    this.from = from;
    this.end = end;
    this.version = layers.version();
  }

  /** Over all layers, for the task's own work. */
  static <K, V> EntryScan<K, V> of(Layers<K, V> layers, K from, byte[] end) {
    return new EntryScan<>(layers, 0, false, from, end);
  }

  /** Over the layers from one on, for those who only look: all values are copies. */
  static <K, V> EntryScan<K, V> ofView(Layers<K, V> layers, int newest, K from, byte[] end) {
    return new EntryScan<>(layers, newest, true, from, end);
  }

  @Override
  public boolean next() {
    if (layers.version() != version) {
      throw new ConcurrentModificationException(
          "A walk over the entries of state must end in the call that began it: begin a new one");
    }
    boolean isFound = false;
    boolean isMore = true;
    while (isMore && !isFound) {
      isMore = step();
      isFound = isMore && value != null;
    }
    return isFound;
  }

  /** Moves behind the nearest row, which may be a removal; false if there is none. */
  private boolean step() {
    Row<K, V> nearest = null;
    V found = null;
    boolean isHidden = false;
    for (int i = newest; i < layers.count() && !isHidden; i++) {
      RowLayer<K, V> layer = layers.layer(i);
      Row<K, V> row = within(layer.entryFrom(from));
      if (isNearer(row, nearest)) {
        nearest = row;
        found = row.value() == null || isOwn(i) ? row.value() : layers.owned(row.value());
      }
      isHidden = layer.hidesBelow(0, from);
    }
    Row<K, V> row = isHidden ? null : ofBottom();
    if (isNearer(row, nearest)) {
      nearest = row;
      found = layers.ownedOfBottom(row.value());
    }
    if (nearest == null) {
      return false;
    }
    key = nearest.key();
    value = found;
    from = EntryKey.behind(key);
    return true;
  }

  /** Whether the values of a layer are the caller's own as they are. */
  private boolean isOwn(int layer) {
    return layer == 0 && !isView;
  }

  private Row<K, V> within(Row<K, V> row) {
    return row != null && EntryKey.of(row.key()).isBefore(end) ? row : null;
  }

  private static boolean isNearer(Row<?, ?> row, Row<?, ?> nearest) {
    return row != null
        && (nearest == null || EntryKey.of(row.key()).isBefore(EntryKey.of(nearest.key()).entry()));
  }

  /** The bottom's first row from here on, or null. */
  private Row<K, V> ofBottom() {
    while (inPiece < piece.size()
        && EntryKey.of(piece.get(inPiece).key()).isBefore(EntryKey.of(from).entry())) {
      inPiece++;
    }
    if (inPiece == piece.size() && !isLastPiece) {
      piece = layers.bottom().entries(from, end, pieceSize);
      isLastPiece = piece.size() < pieceSize;
      pieceSize = Math.min(LARGEST_PIECE, 2 * pieceSize);
      inPiece = 0;
    }
    return inPiece < piece.size() ? piece.get(inPiece) : null;
  }

  @Override
  public K key() {
    return key;
  }

  @Override
  public V value() {
    return value;
  }
}
