package dev.weir.internal.element;

/** Anything in a channel. */
public sealed interface Element permits RecordBatch, Watermark, CheckpointBarrier, IdleStatus {}
