package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.sink.LedgerLine;
import dev.weir.connectors.kafka.sink.LedgerLine.Fate;
import dev.weir.connectors.kafka.sink.LedgerLine.Kind;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StoredCheckpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerCommandTest {
  @Test
  void shouldFindWhatTheLedgerNamesInTheStorage() {
    List<LedgerLine> lines = List.of(claim(0), completed(1, 7, Fate.COMMITTED));

    assertThat(LedgerCommand.misfit(lines, List.of(stored(7, Standing.UNKNOWN)))).isEmpty();
    assertThat(LedgerCommand.misfit(lines, List.of(stored(6, Standing.UNKNOWN))).get())
        .contains(manifest(7), "only [" + manifest(6) + "]");
    assertThat(LedgerCommand.misfit(lines, List.of(stored(7, Standing.DAMAGED))).get())
        .contains(manifest(7), "it damaged");
  }

  @Test
  void shouldAskNothingOfTheStorageForWhatDoesNotCount() {
    List<LedgerLine> undecided =
        List.of(
            completed(1, 6, Fate.COMMITTED),
            completed(2, 7, Fate.ABORTED),
            completed(3, 7, Fate.OPEN),
            claim(4));
    List<LedgerLine> forgotten =
        List.of(completed(1, 6, Fate.COMMITTED), line(2, Kind.FORGOTTEN, OptionalLong.empty(), ""));

    assertThat(LedgerCommand.misfit(undecided, List.of(stored(6, Standing.UNKNOWN)))).isEmpty();
    assertThat(LedgerCommand.misfit(forgotten, List.of())).isEmpty();
  }

  @Test
  void shouldAskForTheBrokers() {
    StringWriter err = new StringWriter();

    int code =
        WeirCommand.commandLine().setErr(new PrintWriter(err)).execute("inspect", "ledger", "job");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--kafka");
  }

  @Test
  void shouldWriteEachLineAsJson() {
    assertThat(JsonText.line(completed(5, 7, Fate.OPEN)))
        .contains("\"offset\":5", "\"kind\":\"COMPLETED\"", "\"fate\":\"OPEN\"", "7");
  }

  private static LedgerLine claim(long offset) {
    return line(offset, Kind.CLAIM, OptionalLong.empty(), "");
  }

  private static LedgerLine completed(long offset, long id, Fate fate) {
    return new LedgerLine(
        offset, Kind.COMPLETED, 1, OptionalLong.of(id), manifest(id), List.of("out"), 1_000, fate);
  }

  private static LedgerLine line(long offset, Kind kind, OptionalLong id, String manifest) {
    return new LedgerLine(offset, kind, 1, id, manifest, List.of(), 1_000, Fate.COMMITTED);
  }

  private static String manifest(long id) {
    return "checkpoints/" + id + "-1/manifest.weir";
  }

  private static StoredCheckpoint stored(long id, Standing standing) {
    return new StoredCheckpoint(manifest(id), id, 1, standing, "job", 128, List.of(), List.of());
  }
}
