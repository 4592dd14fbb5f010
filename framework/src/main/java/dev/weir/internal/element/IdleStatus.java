package dev.weir.internal.element;

/** Whether the sender is idle: then it does not hold back watermarks. */
public record IdleStatus(boolean isIdle) implements Element {}
