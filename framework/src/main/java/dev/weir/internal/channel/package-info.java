/**
 * Bounded queues between tasks and the gates at their ends. A channel has one writing and one
 * reading task; each end is confined to its task's thread.
 *
 * <pre>
 *   operator ──► OutputGate ──► ChannelWriter ═ open batch ═ pending ═► Channel ══► InputGate ──► Task
 * </pre>
 */
package dev.weir.internal.channel;
