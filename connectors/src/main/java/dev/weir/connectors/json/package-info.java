/** JSON for sources and sinks, by Jackson. No threads; thread-safe. */
package dev.weir.connectors.json;
