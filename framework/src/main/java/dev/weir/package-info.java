/** Where a pipeline becomes a running job. */
package dev.weir;
