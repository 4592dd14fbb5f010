package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.job.StateBackend;
import dev.weir.sample.clickcount.verifier.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoReportTest {
  private static final Verdict EXACT = new Verdict(2, 12, List.of(), List.of(), List.of());
  private static final Verdict DOUBLED = new Verdict(2, 12, List.of(), List.of("a"), List.of());
  private static final Verdict LOST = new Verdict(2, 12, List.of("a"), List.of(), List.of());
  private static final Verdict WRONG = new Verdict(2, 12, List.of(), List.of(), List.of("a"));

  @Test
  void shouldEndWithTheVerdict() {
    List<String> lines =
        new DemoReport(5, 5, "min 1.00 s", "min 0.80 s", "4000 clicks/s")
            .lines(settings(DeliveryGuarantee.EXACTLY_ONCE), EXACT);

    assertThat(lines)
        .anyMatch(line -> line.contains("5 times") && line.contains("seed 42"))
        .anyMatch(line -> line.endsWith("2 windows checked (12 counts): 0 lost, 0 doubled"))
        .last()
        .asString()
        .contains("Exactly once");
  }

  @Test
  void shouldNameWhatIsDoubledWhereNothingMayBe() {
    List<String> lines =
        new DemoReport(5, 5, "", "", "").lines(settings(DeliveryGuarantee.EXACTLY_ONCE), DOUBLED);

    assertThat(lines).contains("doubled: a").last().asString().contains("NOT what exactly-once");
  }

  @Test
  void shouldHoldEachGuaranteeToWhatItPromises() {
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.EXACTLY_ONCE, EXACT)).isTrue();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.EXACTLY_ONCE, DOUBLED)).isFalse();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.EXACTLY_ONCE, LOST)).isFalse();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.AT_LEAST_ONCE, DOUBLED)).isTrue();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.AT_LEAST_ONCE, LOST)).isFalse();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.AT_LEAST_ONCE, WRONG)).isFalse();
    assertThat(DemoReport.isAsGuaranteed(DeliveryGuarantee.NONE, LOST)).isTrue();
  }

  private static DemoSettings settings(DeliveryGuarantee guarantee) {
    return new DemoSettings(
        Optional.empty(),
        4000,
        Duration.ofMinutes(1),
        5,
        42,
        2,
        StateBackend.HEAP,
        guarantee,
        Duration.ofSeconds(1));
  }
}
