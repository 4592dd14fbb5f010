/**
 * A machine room in memory: strands that pass a baton under a seeded scheduler, virtual time,
 * processes that can be killed and paused, a network that loses, a disk that forgets. What runs in
 * it is the unchanged engine. Each {@code Scheduler} is one run; several runs may go on in one JVM,
 * each on threads of its own. Sub-packages put brokers into the room.
 */
package dev.weir.testing.sim;
