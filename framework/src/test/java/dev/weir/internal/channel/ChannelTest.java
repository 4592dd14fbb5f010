package dev.weir.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.element.CheckpointBarrier;
import dev.weir.internal.element.Element;
import dev.weir.internal.element.RecordBatch;
import dev.weir.internal.element.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private final AtomicInteger readerWoken = new AtomicInteger();
  private final AtomicInteger writerWoken = new AtomicInteger();
  private final Channel channel =
      new Channel(readerWoken::incrementAndGet, writerWoken::incrementAndGet);
  private final OutputGate<Object> output = new OutputGate<>(List.of(channel), value -> 0);
  private final InputGate input = new InputGate(List.of(channel));

  @Tag("S34")
  @Test
  void shouldKeepTheOrderOfRecordsWatermarksAndBarriers() {
    output.collect("a", 1);
    output.watermark(1);
    output.collect("b", 2);
    output.broadcast(new CheckpointBarrier(7));
    output.collect("c", 3);
    output.flush();

    assertThat(drain()).containsExactly("a", "watermark 1", "b", "barrier 7", "c");
  }

  @Tag("S35")
  @Test
  void shouldKeepWhatTheChannelHasNoRoomForAndSayThatItIsBlocked() {
    for (int i = 0; i < 100; i++) {
      output.watermark(i);
    }
    assertThat(output.isBlocked()).isTrue();
    List<String> seen = new ArrayList<>(drain());

    while (!output.flush()) {
      seen.addAll(drain());
    }
    seen.addAll(drain());

    assertThat(seen).hasSize(100).startsWith("watermark 0").endsWith("watermark 99");
    assertThat(output.isBlocked()).isFalse();
  }

  @Tag("S35")
  @Test
  void shouldWakeTheWriterWhenThereIsRoomAgain() {
    while (!output.isBlocked()) {
      output.watermark(0);
    }
    assertThat(writerWoken).hasValue(0);

    input.poll();

    assertThat(writerWoken).hasValue(1);
  }

  @Tag("S33")
  @Test
  void shouldWakeTheReaderWhenSomethingComes() {
    output.collect("a", 1);
    assertThat(readerWoken).as("a batch is still open").hasValue(0);

    output.flush();

    assertThat(readerWoken).hasValue(1);
  }

  @Test
  void shouldTakeNothingFromABlockedChannel() {
    Channel other = new Channel(() -> {}, () -> {});
    InputGate gate = new InputGate(List.of(channel, other));
    channel.offer(new Watermark(1));
    other.offer(new Watermark(2));
    gate.block(0);

    assertThat(gate.poll()).isEqualTo(new Watermark(2));
    assertThat(gate.poll()).isNull();
    gate.unblockAll();
    assertThat(gate.poll()).isEqualTo(new Watermark(1));
    assertThat(gate.lastChannel()).isZero();
  }

  private List<String> drain() {
    List<String> seen = new ArrayList<>();
    for (Element e = input.poll(); e != null; e = input.poll()) {
      if (e instanceof RecordBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
          seen.add(batch.value(i).toString());
        }
      } else if (e instanceof Watermark watermark) {
        seen.add("watermark " + watermark.timestamp());
      } else if (e instanceof CheckpointBarrier barrier) {
        seen.add("barrier " + barrier.checkpointId());
      }
    }
    return seen;
  }
}
