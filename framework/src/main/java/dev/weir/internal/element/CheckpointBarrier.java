package dev.weir.internal.element;

/** Everything before belongs to the checkpoint, everything after to the next. */
public record CheckpointBarrier(long checkpointId) implements Element {}
