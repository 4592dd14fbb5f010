package dev.weir.testing.proof;

import dev.weir.testing.sim.Fate;

/** Something that goes wrong in a run. Immutable. */
public sealed interface Fault {
  /**
   * A process dies.
   *
   * @param start which one, in the order in which they were started, from 0
   * @param step at which of its points, from 1
   * @param withPower whether the power fails, too, so that what was not forced may be lost
   */
  record Kill(int start, long step, boolean withPower) implements Fault {}

  /**
   * A process stands still, and wakes up later.
   *
   * @param start which one, from 0
   * @param step at which of its points, from 1
   * @param forMillis for how long
   * @param isReplaced whether another one is started meanwhile
   */
  record Freeze(int start, long step, long forMillis, boolean isReplaced) implements Fault {}

  /**
   * The power fails: every process dies, and what was not forced may be lost.
   *
   * @param atMillis when
   */
  record PowerCut(long atMillis) implements Fault {}

  /**
   * The newest process stands still, another one is started, and it wakes up later.
   *
   * @param atMillis when
   * @param forMillis for how long
   */
  record Pause(long atMillis, long forMillis) implements Fault {}

  /**
   * Somebody starts a second instance.
   *
   * @param atMillis when
   */
  record Twin(long atMillis) implements Fault {}

  /**
   * The broker cannot be reached.
   *
   * @param atMillis from when
   * @param forMillis for how long
   */
  record Outage(long atMillis, long forMillis) implements Fault {
    boolean isAt(long millis) {
      return millis >= atMillis && millis < atMillis + forMillis;
    }
  }

  /**
   * Somebody changes the parallelism of every instance that runs.
   *
   * @param atMillis when
   * @param parallelism to what
   */
  record Rescale(long atMillis, int parallelism) implements Fault {}

  /**
   * Somebody wants a savepoint of every instance that runs, or stops the newest one with it, and
   * begins another life of the job from there.
   *
   * @param atMillis when
   * @param stops whether it is stopped
   */
  record Savepoint(long atMillis, boolean stops) implements Fault {}

  /**
   * Something happens to a request.
   *
   * @param number which one, from 0
   * @param fate what
   */
  record Request(long number, Fate fate) implements Fault {}

  /**
   * A process has a wall clock that is wrong.
   *
   * @param start which one, from 0
   * @param millis how much it is ahead
   */
  record Skew(int start, long millis) implements Fault {}

  /**
   * Retention removes everything that the topics hold that are read.
   *
   * @param atMillis when
   */
  record AgedOut(long atMillis) implements Fault {}

  /**
   * The broker ends the next transaction without telling the partitions.
   *
   * @param atMillis from when
   */
  record LostMarkers(long atMillis) implements Fault {}

  /**
   * A partition's leader moves.
   *
   * @param atMillis when
   * @param forMillis for how long nobody leads it
   * @param which partition, of those that there are then, counted round
   */
  record LeaderMove(long atMillis, long forMillis, int which) implements Fault {}

  /**
   * The transaction coordinator moves.
   *
   * @param atMillis when
   * @param forMillis for how long there is none that answers
   */
  record CoordinatorMove(long atMillis, long forMillis) implements Fault {}

  /**
   * The topics that are read are deleted, or those that are written, and perhaps created anew.
   *
   * @param atMillis when
   * @param isRead which of them
   * @param forMillis how long they are gone; {@link Long#MAX_VALUE}: for ever
   */
  record TopicLost(long atMillis, boolean isRead, long forMillis) implements Fault {}

  /**
   * The disk is slow.
   *
   * @param atMillis from when
   * @param forMillis for how long
   * @param longestMillis how long each use of it takes at most
   */
  record SlowDisk(long atMillis, long forMillis, int longestMillis) implements Fault {}

  /**
   * The disk is full: nothing can be made or written, all else can be done.
   *
   * @param atMillis from when
   * @param forMillis for how long
   */
  record FullDisk(long atMillis, long forMillis) implements Fault {}

  /**
   * An effect on the disk fails.
   *
   * @param number which one, from 0
   */
  record BadDisk(long number) implements Fault {}
}
