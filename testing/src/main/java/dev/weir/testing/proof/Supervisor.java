package dev.weir.testing.proof;

import dev.weir.internal.job.JobHandle;
import dev.weir.internal.job.Ports;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.JobState;
import dev.weir.job.JobStatus;
import dev.weir.job.StopMode;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.SimProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts processes of a job, does to them what the plan says, and starts another one whenever none
 * is left, until the job has come to its end; a job without an end is stopped when nothing happens
 * any more.
 */
final class Supervisor {
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MOST_STARTS = 20;

  private final Scheduler scheduler;
  private final SimDisk disk;
  private final FaultPlan plan;
  private final Consumer<Instance> starter;
  private final Viewer viewer;
  private final SavepointWitness savepoints;
  private final List<Life> lives = new ArrayList<>(List.of(Life.first()));
  private final List<Instance> instances = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private boolean isFinished;
  private boolean isInPeace;
  private int strikes;
  private int deaths;
  private int asked;
  private SimProcess unreplaced;

  Supervisor(Room room, FaultPlan plan, Consumer<Instance> starter, Viewer viewer) {
    this.scheduler = room.scheduler();
    this.disk = room.disk();
    this.plan = plan;
    this.starter = starter;
    this.viewer = viewer;
    this.savepoints = room.savepoints();
  }

  /** Where everything happens, and who looks at what was taken out of it. */
  record Room(Scheduler scheduler, SimDisk disk, SavepointWitness savepoints) {}

  /** Those that the job has begun so far. */
  List<Life> lives() {
    return lives;
  }

  Life life() {
    return lives.get(lives.size() - 1);
  }

  /** The job has come to its end. */
  boolean isFinished() {
    return isFinished;
  }

  /** Nothing more will happen. */
  boolean isOver() {
    return isFinished
        || (instances.size() >= MOST_STARTS && instances.stream().noneMatch(Instance::isAlive));
  }

  int starts() {
    return instances.size();
  }

  long stepsOfFirst() {
    return instances.get(0).process().steps();
  }

  /** For each process the points at which its death would leave a world of its own behind. */
  List<List<Long>> moments() {
    return instances.stream().map(instance -> instance.process().moments()).toList();
  }

  /** What is wrong with how processes ended. */
  List<String> findings() {
    return findings;
  }

  /** How many processes were struck down or stopped. */
  int strikes() {
    return strikes;
  }

  /** How many processes died of a fault. */
  int deaths() {
    return deaths;
  }

  List<String> log() {
    return log;
  }

  /** Starts the first process, and lets the plan's faults come at their time. */
  void begin() {
    plan.all(Fault.PowerCut.class).forEach(f -> at(f.atMillis(), this::powerCut));
    plan.all(Fault.Twin.class).forEach(f -> at(f.atMillis(), this::startOne));
    plan.all(Fault.Pause.class)
        .forEach(f -> at(f.atMillis(), () -> pause(newest().process(), f.forMillis(), true)));
    plan.all(Fault.SlowDisk.class).forEach(this::slowDown);
    plan.all(Fault.FullDisk.class).forEach(this::fill);
    plan.all(Fault.Rescale.class)
        .forEach(
            f ->
                at(
                    f.atMillis(),
                    () -> instances.forEach(instance -> instance.rescale(f.parallelism()))));
    plan.all(Fault.Savepoint.class).forEach(f -> at(f.atMillis(), () -> save(f.stops())));
    startOne();
    watch();
  }

  private void save(boolean stops) {
    if (stops) {
      newest().save(true);
    } else {
      instances.forEach(instance -> instance.save(false));
    }
  }

  /** The job goes on elsewhere, and nothing of it is left here. */
  private void beginLife(Life next) {
    log.add("another life begins from " + next.savepoint().orElseThrow());
    lives.add(next);
    instances.forEach(instance -> instance.process().kill());
  }

  /**
   * Starts another process of a job that has come to its end, of which nothing else is left, and
   * does nothing to it.
   */
  void beginAgain() {
    instances.forEach(instance -> instance.process().kill());
    isFinished = false;
    isInPeace = true;
    startOne();
    watch();
  }

  private void slowDown(Fault.SlowDisk fault) {
    at(
        fault.atMillis(),
        () -> {
          log.add("the disk is slow");
          disk.slowDown(fault.longestMillis());
          later(fault.forMillis(), disk::speedUp);
        });
  }

  private void fill(Fault.FullDisk fault) {
    at(
        fault.atMillis(),
        () -> {
          log.add("the disk is full");
          disk.fill();
          later(fault.forMillis(), disk::free);
        });
  }

  /** A fault, unless it comes too late. */
  private void at(long millis, Runnable action) {
    later(
        millis,
        () -> {
          if (!isInPeace) {
            action.run();
          }
        });
  }

  private void later(long millis, Runnable action) {
    scheduler.later(TimeUnit.MILLISECONDS.toNanos(millis), "fault", action);
  }

  private void startOne() {
    if (isFinished || instances.size() >= MOST_STARTS) {
      return;
    }
    int number = instances.size();
    SimProcess process = new SimProcess(scheduler, "p" + number);
    if (!isInPeace) {
      trouble(process, number);
    }
    Instance instance = new Instance(process);
    instances.add(instance);
    process.onDeath(
        () -> log.add(scheduler.nanos() / 1_000_000 + " " + process.name() + " is gone"));
    process.start("main", () -> starter.accept(instance));
  }

  /** What the plan has for the process of this number. */
  private void trouble(SimProcess process, int number) {
    plan.all(Fault.Kill.class)
        .filter(kill -> kill.start() == number)
        .forEach(kill -> process.atStep(kill.step(), () -> strike(process, kill.withPower())));
    plan.all(Fault.Freeze.class)
        .filter(freeze -> freeze.start() == number)
        .forEach(
            freeze ->
                process.atStep(
                    freeze.step(), () -> pause(process, freeze.forMillis(), freeze.isReplaced())));
    plan.all(Fault.Skew.class)
        .filter(skew -> skew.start() == number)
        .forEach(skew -> process.clockSkew(skew.millis()));
  }

  /** Looks from time to time whether anybody is left, and whether anything happens. */
  private void watch() {
    if (isFinished) {
      return;
    }
    boolean isAwaited = unreplaced != null && unreplaced.isPaused();
    if (!isAwaited && instances.stream().noneMatch(Instance::isAtWork)) {
      startOne();
    }
    instances.forEach(Instance::watch);
    scheduler.later(WATCH_NANOS, "watch", this::watch);
  }

  private void powerCut() {
    strikes++;
    log.add("the power fails");
    instances.forEach(instance -> kill(instance.process()));
    disk.powerFails();
  }

  private Instance newest() {
    return instances.get(instances.size() - 1);
  }

  private void strike(SimProcess process, boolean withPower) {
    if (withPower) {
      powerCut();
    } else {
      strikes++;
      kill(process);
    }
  }

  private void kill(SimProcess process) {
    deaths += process.isDead() ? 0 : 1;
    process.kill();
  }

  private void pause(SimProcess process, long millis, boolean isReplaced) {
    if (process.isDead() || process.isPaused()) {
      return;
    }
    process.pause();
    unreplaced = isReplaced ? unreplaced : process;
    strikes++;
    log.add(process.name() + " stands still");
    scheduler.later(
        TimeUnit.MILLISECONDS.toNanos(millis),
        "wake",
        () -> {
          process.resume();
          log.add(process.name() + " goes on");
        });
  }

  /** A process of the job. */
  final class Instance {
    private final SimProcess process;
    private Job job;
    private long runningAttempt = -1;
    private long runningSince;
    private long stoppedAttempt = -1;
    private boolean isToMove;
    private Optional<Life> next = Optional.empty();

    Instance(SimProcess process) {
      this.process = process;
    }

    SimProcess process() {
      return process;
    }

    boolean isAlive() {
      return !process.isDead();
    }

    boolean isAtWork() {
      return !process.isDead() && !process.isPaused();
    }

    /** One that does not run refuses. */
    private void rescale(int parallelism) {
      if (isAtWork() && job != null) {
        job.rescale(parallelism)
            .whenComplete(
                (status, refused) ->
                    log.add(
                        process.name()
                            + (refused == null
                                ? " has " + parallelism + " tasks per stage"
                                : " has no " + parallelism + ": " + refused.getMessage())));
      }
    }

    /** One that does not run refuses. */
    private void save(boolean stops) {
      if (!isAtWork() || job == null) {
        return;
      }
      Life now = life();
      Path folder = Life.savepoint(asked++);
      isToMove |= stops;
      (stops
              ? job.stopWithSavepoint(folder.toUri(), StopMode.SUSPEND)
              : job.savepoint(folder.toUri()))
          .whenComplete(
              (taken, refused) -> {
                log.add(
                    process.name()
                        + (refused == null
                            ? " has a savepoint in " + folder
                            : " has no savepoint in " + folder + ": " + refused.getMessage()));
                if (refused == null) {
                  savepoints.taken(new SavepointWitness.Taken(folder, now, taken.checkpointId()));
                  next = stops ? Optional.of(now.next(taken.location())) : next;
                }
              });
    }

    /** Stops a job that has run in peace for a while, with nothing to do. */
    private void watch() {
      boolean isRunning = isAtWork() && job != null && job.status().state() == JobState.RUNNING;
      if (!isRunning || !viewer.canRead()) {
        runningAttempt = -1;
      } else if (job.status().attempt() != runningAttempt) {
        runningAttempt = job.status().attempt();
        runningSince = scheduler.nanos();
      } else if (viewer.quietNanos() > QUIET_NANOS
          && scheduler.nanos() - runningSince > QUIET_NANOS) {
        stoppedAttempt = stoppedAttempt < 0 ? runningAttempt : stoppedAttempt;
        job.stop();
      }
    }

    /**
     * An attempt that fails after it was told to stop had not done everything: its checkpoint hung,
     * which looks like peace. The next one stops at once, and leaves the rest to another instance.
     */
    private boolean hasDoneAll(JobStatus end) {
      return end.state() == JobState.FINISHED
          && !isToMove
          && (stoppedAttempt < 0 || stoppedAttempt == end.attempt());
    }

    /** A job that has ended leaves nothing running. */
    private void findLeftStrands() {
      scheduler.waitFor("strands end", () -> scheduler.strandsOf(process).size() == 1, END_NANOS);
      List<String> left = scheduler.strandsOf(process);
      if (left.size() > 1) {
        findings.add(process.name() + " has ended, but " + left + " have not");
      }
    }

    /** Runs the job on the process's main strand until it has ended. */
    void run(LogicalGraph graph, JobConfig config, Ports ports) {
      job = JobHandle.start(graph, config, ports);
      scheduler.waitFor("end", () -> job.status().state().isTerminal(), Long.MAX_VALUE);
      JobStatus end = job.status();
      log.add(process.name() + " " + end.state() + end.failure().map(f -> ": " + f).orElse(""));
      findLeftStrands();
      isFinished |= hasDoneAll(end);
      if (end.state() == JobState.FINISHED && next.isPresent()) {
        beginLife(next.get());
      }
      process.kill();
    }
  }
}
