/**
 * Which of a job's instances runs it, so that one stands by while another one works. It only keeps
 * them from disturbing each other and makes a take-over quick: that none does harm is the ledger's
 * duty, and it does it without this room. {@link dev.weir.internal.owner.OwnerWatch} decides,
 * {@link dev.weir.internal.owner.Ownership} does, and {@link dev.weir.internal.owner.Warmth} has a
 * standby fetch files; what blocks runs on I/O threads, one after the other.
 */
package dev.weir.internal.owner;
