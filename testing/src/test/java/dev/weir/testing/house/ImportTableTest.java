package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportTableTest {
  @Test
  void shouldSayWhatIsImportedAndWhatToDo() {
    var upward = new Import("dev.weir.internal.time", "Timers", "dev.weir.internal.task");

    assertThat(ImportTable.violations(upward))
        .singleElement()
        .asString()
        .startsWith("dev.weir.internal.time.Timers: imports dev.weir.internal.task. Rooms point");
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline, internal.base",
    "internal.base, internal.key",
    "internal.base, internal.element",
    "internal.element, internal.state",
    "internal.snapshot, internal.state",
    "internal.state, internal.time",
    "internal.operator, internal.checkpoint",
    "internal.checkpoint, internal.operator",
    "internal.operator, internal.plan",
    "internal.channel, internal.task",
    "internal.task, internal.runtime",
    "internal.plan, internal.channel",
    "internal.runtime, internal.job",
    "internal.task, connectors.file",
    "internal.brandnew, internal.base",
    "brandnew, pipeline",
    "pipeline, connectors.file",
    "connectors.file, internal.base",
    "connectors.kafka.sink, testing.broker",
    "sample.clickcount, internal.base",
    "internal.state, internal.state.rocksdb",
    "internal.state.rocksdb, internal.state.heap",
    "connectors.kafka.sink, connectors.kafka.source",
    "connectors.kafka, connectors.kafka.sink",
    "testing.fault, testing.fault.disk",
  })
  void shouldRefuse(String from, String to) {
    assertThat(ImportTable.violations(ours(from, "Thing", to))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline, connector",
    "internal.base, time",
    "internal.key, internal.base",
    "internal.state, internal.key",
    "internal.time, internal.snapshot",
    "internal.operator, internal.time",
    "internal.operator, internal.state.rocksdb",
    "internal.checkpoint, internal.base",
    "internal.runtime, internal.channel",
    "internal.job, internal.runtime",
    "internal.state.rocksdb, internal.state",
    "internal.state.rocksdb, internal.snapshot",
    "connectors.kafka.sink, connectors.kafka",
    "connectors.file, connector",
    "testing.harness, internal.operator",
    "testing.fault, testing.broker",
    "sample.clickcount, sample.clickcount.generator",
    "sample.clickcount, testing.broker",
  })
  void shouldAllow(String from, String to) {
    assertThat(ImportTable.violations(ours(from, "Thing", to))).isEmpty();
  }

  @Test
  void shouldLetTheEntryUseEveryRoom() {
    var entry = new Import("dev.weir", "Weir", "dev.weir.internal.job");

    assertThat(ImportTable.violations(entry)).isEmpty();
  }

  @Test
  void shouldLetOnlyAssembliesWireSubPackages() {
    String from = "internal.state";
    String to = "internal.state.rocksdb";

    assertThat(ImportTable.violations(ours(from, "StateAssembly", to))).isEmpty();
    assertThat(ImportTable.violations(ours(from, "StateFactory", to))).hasSize(1);
    assertThat(ImportTable.violations(ours(from, "StateAssembly", "internal.task"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "internal.state.rocksdb, org.rocksdb, 0",
    "internal.state, org.rocksdb, 1",
    "connectors.kafka.sink, org.rocksdb, 1",
    "connectors.kafka.sink, org.apache.kafka.clients, 0",
    "connectors.json, org.apache.kafka.common, 0",
    "testing.broker, org.apache.kafka.clients, 0",
    "internal.task, org.apache.kafka.common, 1",
    "connector, org.apache.kafka.common, 1",
    "internal.task, org.slf4j, 0",
  })
  void shouldKeepForeignLibrariesInTheirRooms(String from, String to, int refusals) {
    assertThat(ImportTable.violations(new Import("dev.weir." + from, "Thing", to)))
        .hasSize(refusals);
  }

  private static Import ours(String from, String type, String to) {
    return new Import("dev.weir." + from, type, "dev.weir." + to);
  }
}
