package dev.weir.connector;

/** What readers of a sink's output can rely on. */
public enum DeliveryGuarantee {
  /** Each result once, however often the job dies: output becomes visible with its checkpoint. */
  EXACTLY_ONCE,
  /** No result is lost; after a failure some come again. Output is visible at once. */
  AT_LEAST_ONCE,
  /** After a failure results may be lost or come again. */
  NONE
}
