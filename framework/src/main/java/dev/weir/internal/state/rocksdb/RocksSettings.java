package dev.weir.internal.state.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * How the database is set up: one memory budget for blocks and write buffers, few threads, filters
 * for rows that are not there. Thread-safe; owns its native objects.
 */
final class RocksSettings {
  private static final double FILTER_BITS = 10;
  private static final int BACKGROUND_JOBS = 2;
  private static final int FILES_BEFORE_COMPACTION = 8;
  private static final int UNREAD_FILES_BEFORE_COMPACTION = 16;
  private static final int RANGES_IN_MEMORY = 4096;
  private static final int OPEN_FILES = 512;
  private static final long SCAN_READAHEAD_BYTES = 256L << 10;

  private final StateMemory memory;
  private final NativeHandles handles;
  private final List<AbstractNativeReference> owned = new ArrayList<>();
  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private final BloomFilter filter;
  private final WriteOptions writes;
  private final ReadOptions reads;
  private final ReadOptions walks;
  private final DBOptions database;
  private final ColumnFamilyOptions column;
  private final ColumnFamilyOptions unreadColumn;
  private final Options file;

  RocksSettings(StateMemory memory, NativeHandles handles) {
    this.memory = memory;
    this.handles = handles;
    this.cache = own(new HyperClockCache(memory.blockCacheBytes(), 0, -1, false));
    this.writeBuffers = own(new WriteBufferManager(memory.writeBuffersBytes(), cache));
    this.filter = own(new BloomFilter(FILTER_BITS, false));
    this.writes = own(new WriteOptions()).setDisableWAL(true);
    this.reads = own(new ReadOptions());
    this.walks = own(new ReadOptions());
    this.database = newDatabase();
    this.column = newColumn(FILES_BEFORE_COMPACTION);
    this.unreadColumn = newColumn(UNREAD_FILES_BEFORE_COMPACTION);
    this.file = own(new Options(database, column));
  }

  private <H extends AbstractNativeReference> H own(H handle) {
    owned.add(handle);
    return handles.opened(handle);
  }

  StateMemory memory() {
    return memory;
  }

  DBOptions database() {
    return database;
  }

  private DBOptions newDatabase() {
    return own(new DBOptions())
        .setCreateIfMissing(true)
        .setAtomicFlush(true)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setMaxOpenFiles(OPEN_FILES)
        .setWriteBufferManager(writeBuffers)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(1)
        .setStatsDumpPeriodSec(0);
  }

  ColumnFamilyOptions column() {
    return column;
  }

  /** For rows that all are in the row cache: files that nobody reads may wait for longer. */
  ColumnFamilyOptions unreadColumn() {
    return unreadColumn;
  }

  /** Makes it a usual one. */
  static MutableColumnFamilyOptions asRead() {
    return MutableColumnFamilyOptions.builder()
        .setLevel0FileNumCompactionTrigger(FILES_BEFORE_COMPACTION)
        .build();
  }

  private ColumnFamilyOptions newColumn(int files) {
    return own(new ColumnFamilyOptions())
        .setWriteBufferSize(memory.writeBufferBytes())
        .setMemtableMaxRangeDeletions(RANGES_IN_MEMORY)
        .setLevelCompactionDynamicLevelBytes(true)
        .setLevel0FileNumCompactionTrigger(files)
        .setCompressionPerLevel(
            List.of(
                CompressionType.NO_COMPRESSION,
                CompressionType.NO_COMPRESSION,
                CompressionType.LZ4_COMPRESSION))
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash));
  }

  /** For files of rows that the database takes over. */
  Options file() {
    return file;
  }

  WriteOptions writes() {
    return writes;
  }

  ReadOptions reads() {
    return reads;
  }

  /** For short walks over neighbours. */
  ReadOptions walks() {
    return walks;
  }

  /** For walks over many rows; the caller's own. */
  static ReadOptions scan() {
    return new ReadOptions().setFillCache(false).setReadaheadSize(SCAN_READAHEAD_BYTES);
  }

  void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      handles.close(owned.get(i));
    }
    owned.clear();
  }
}
