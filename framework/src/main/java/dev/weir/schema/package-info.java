/**
 * What the bytes of state look like: descriptions that are stored beside the bytes, and the rules
 * by which what was written under one description is read under another. Immutable; no threads, no
 * I/O but reading what it is given.
 */
package dev.weir.schema;
