package dev.weir.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.channel.Channel;
import dev.weir.internal.channel.InputGate;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.element.CheckpointBarrier;
import dev.weir.internal.operator.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GateInputTest {
  private final Channel left = new Channel(() -> {}, () -> {});
  private final Channel right = new Channel(() -> {}, () -> {});
  private final List<String> seen = new ArrayList<>();

  @Tag("S34")
  @Test
  void shouldBlockAChannelUntilTheBarrierArrivesOnEveryInput() {
    GateInput input = input(true);
    send(left, "a", 1, "b");
    send(right, "c");
    takeAll(input);
    send(right, 1, "d");

    takeAll(input);

    assertThat(seen.subList(0, 3)).containsExactlyInAnyOrder("a", "c", "waits for [1]");
    assertThat(seen.subList(3, 4)).containsExactly("cut 1");
    assertThat(seen.subList(4, 6)).containsExactlyInAnyOrder("b", "d");
  }

  @Test
  void shouldWaitForNoBarrierWhereRecordsMayCountAgain() {
    GateInput input = input(false);
    send(left, "a", 1, "b");
    takeAll(input);
    send(right, 1);

    takeAll(input);

    assertThat(seen).containsExactly("a", "waits for [1]", "b", "cut 1");
  }

  @Test
  void shouldCountNoBarrierAsAChange() {
    GateInput input = input(true);
    send(left, 1);
    send(right, 1);

    takeAll(input);

    assertThat(input.changes()).isZero();
    send(left, "a");
    takeAll(input);
    assertThat(input.changes()).isOne();
  }

  private GateInput input(boolean isAligned) {
    return new GateInput(
        new InputGate(List.of(left, right)), List.of(new Head()), isAligned, new Barriers());
  }

  private static void takeAll(GateInput input) {
    boolean worked = true;
    while (worked) {
      worked = input.take();
    }
  }

  /** Strings are records, numbers are barriers. */
  private static void send(Channel channel, Object... elements) {
    OutputGate<Object> gate = new OutputGate<>(List.of(channel), value -> 0);
    for (Object element : elements) {
      if (element instanceof Integer id) {
        gate.broadcast(new CheckpointBarrier(id));
      } else {
        gate.collect(element, 0);
      }
    }
    assertThat(gate.flush()).as("there was room").isTrue();
  }

  private final class Barriers implements GateInput.BarrierListener {
    @Override
    public void arrived(long checkpointId, int[] missing) {
      seen.add("waits for " + Arrays.toString(missing));
    }

    @Override
    public void complete(long checkpointId) {
      seen.add("cut " + checkpointId);
    }
  }

  private final class Head implements Output<Object> {
    @Override
    public void collect(Object value, long timestamp) {
      seen.add((String) value);
    }

    @Override
    public void watermark(long timestamp) {}

    @Override
    public void idle(boolean isIdle) {}
  }
}
