/**
 * How keys become bytes that are ordered as the keys are, so that state can be walked over in order
 * and in ranges.
 */
package dev.weir.serde.ordered;
