/**
 * When a cut of the job counts. {@link dev.weir.internal.checkpoint.CheckpointProtocol} and {@link
 * dev.weir.internal.checkpoint.BarrierAligner} decide, from events alone; the coordinator, on the
 * job's thread, does what they say, with slow work on I/O threads.
 *
 * <pre>
 *   tick ──► TRIGGERED ──all answered──► WRITING ──manifest durable──► COMPLETING ──ledger──► announced
 *               │                           │                              │
 *               └──────── timeout ──────────┴──────────────────────────────┴──► the attempt fails
 * </pre>
 */
package dev.weir.internal.checkpoint;
