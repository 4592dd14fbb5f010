/**
 * What travels in a channel. Elements are made by one task and read by another, never changed
 * between.
 */
package dev.weir.internal.element;
