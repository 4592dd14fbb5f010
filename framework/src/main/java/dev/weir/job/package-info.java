/** A running pipeline: its configuration, its handle, its state. */
package dev.weir.job;
