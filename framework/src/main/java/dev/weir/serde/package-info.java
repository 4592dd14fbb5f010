/**
 * How keys and state values become bytes. A serializer carries a description of what it writes,
 * which is stored in every checkpoint and compared on restore.
 */
package dev.weir.serde;
