package dev.weir.sample.clickcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.fault.FreePorts;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickCountTest {
  @Test
  void shouldDescribeItsCommandsAndExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("demo", "generate", "run", "verify", "create-topics")
        .contains("1   the output is not what the guarantee promises");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "demo --guarantee exactly-twice; 'exactly-twice' is none of exactly-once, at-least-once",
        "demo --state disk; 'disk' is none of heap, rocksdb",
        "demo --checkpoint-interval 5; '5' is no duration",
        "demo --rate many; 'many' is not an int",
        "demo --rate 0; --rate must be",
        "demo --minutes 0; --minutes must be",
        "demo --kills -1; --kills must not be negative",
        "demo --kills 50; 50 kills with a recovery each need at least 300 s",
        "demo --parallelism 0; --parallelism must be 1 to",
        "run; Missing required option: '--checkpoint-dir=FOLDER'",
        "generate --start yesterday; 'yesterday' is no moment",
        "generate --start 2026-01-01T00:00:01Z; must start on a multiple of",
        "generate --windows 0; at least 1 window",
        "explode; Unmatched argument at index 0: 'explode'"
      })
  void shouldSayInOneLineWhatIsWrongWithTheCommandLine(String command, String message) {
    CommandRun run = CommandRun.of(command.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("error: ").contains(message).hasLineCount(1);
  }

  @Test
  void shouldSayThatNoBrokerAnswers() {
    String nobody = "127.0.0.1:" + FreePorts.next();

    CommandRun run = CommandRun.of("verify", "--bootstrap-servers", nobody);

    assertThat(run.exitCode()).isEqualTo(ExitCode.OPERATING_ERROR);
    assertThat(run.err())
        .startsWith("error: Kafka at " + nobody + " did not answer within 10 s")
        .contains("Check --bootstrap-servers")
        .hasLineCount(1);
  }

  @Test
  void shouldSayThatAnAddressIsNoAddress() {
    CommandRun run = CommandRun.of("verify", "--bootstrap-servers", "nonsense");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OPERATING_ERROR);
    assertThat(run.err())
        .startsWith("error: 'nonsense' cannot be used as --bootstrap-servers")
        .hasLineCount(1);
  }

  @Test
  void shouldShowTheStackTraceOfABug() {
    StringWriter err = new StringWriter();

    int code =
        Errors.onFailure(
            new IllegalStateException("oops"),
            ClickCount.commandLine().setErr(new PrintWriter(err, true)),
            null);

    assertThat(code).isEqualTo(ExitCode.BUG);
    assertThat(err.toString()).contains("IllegalStateException: oops", "\tat ");
  }
}
