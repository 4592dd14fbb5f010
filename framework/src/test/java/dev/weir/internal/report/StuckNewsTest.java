package dev.weir.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.StuckTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckNewsTest {
  private final StuckNews news = new StuckNews();

  @Test
  void shouldTellAtOnceAndAgainWheneverItHasLastedTwiceAsLong() {
    List<Integer> told = new ArrayList<>();

    for (int seconds = 10; seconds < 200; seconds++) {
      if (!news.look(List.of(stuck("slow", "worker-0", seconds))).stuck().isEmpty()) {
        told.add(seconds);
      }
    }

    assertThat(told).containsExactly(10, 20, 40, 80, 160);
  }

  @Test
  void shouldTellOnceThatATaskHasReturned() {
    news.look(List.of(stuck("slow", "worker-0", 10)));
    news.look(List.of(stuck("slow", "worker-0", 11)));

    assertThat(news.look(List.of()))
        .isEqualTo(new StuckNews.News(List.of(), List.of(stuck("slow", "worker-0", 11))));
    assertThat(news.look(List.of())).isEqualTo(new StuckNews.News(List.of(), List.of()));
  }

  @Test
  void shouldTellEachThreadsTaskByItself() {
    news.look(List.of(stuck("slow", "worker-0", 10)));

    StuckTask other = stuck("slow", "worker-1", 10);
    assertThat(news.look(List.of(stuck("slow", "worker-0", 11), other)))
        .isEqualTo(new StuckNews.News(List.of(other), List.of()));
  }

  @Test
  void shouldTakeALaterStepOnTheSameThreadForAnotherOne() {
    StuckTask first = stuck("slow", "worker-0", 90);
    news.look(List.of(first));

    StuckTask later = stuck("slow", "worker-0", 12);
    assertThat(news.look(List.of(later)))
        .isEqualTo(new StuckNews.News(List.of(later), List.of(first)));
    StuckTask ofAnother = stuck("other", "worker-0", 13);
    assertThat(news.look(List.of(ofAnother)))
        .isEqualTo(new StuckNews.News(List.of(ofAnother), List.of(later)));
  }

  private static StuckTask stuck(String stage, String thread, int seconds) {
    return new StuckTask(stage, 0, thread, Duration.ofSeconds(seconds), List.of());
  }
}
