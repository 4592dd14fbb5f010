package dev.weir.testing.fault;

import dev.weir.error.WeirException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Freezes a process and sees to its end if the freezer dies first: a frozen child cannot notice
 * that its parent is gone, so a small shell waits on a pipe from the parent and kills it then.
 * Confined to one thread at a time.
 */
final class FreezeGuard {
  private static final String SCRIPT =
      "kill -STOP \"$1\" || exit 1; echo frozen; read -r word;"
          + " if [ \"$word\" = resume ]; then kill -CONT \"$1\"; else kill -KILL \"$1\"; fi";

  private final long pid;
  private final Process shell;

  private FreezeGuard(long pid, Process shell) {
    this.pid = pid;
    this.shell = shell;
  }

  /** Sends SIGSTOP; returns when it is sent. */
  static FreezeGuard freeze(long pid) {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", SCRIPT, "freeze-guard", Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      String answer = shell.inputReader().readLine();
      if (!"frozen".equals(answer)) {
        throw new WeirException(
            String.format(
                "Tried to freeze process %d with SIGSTOP, the shell said '%s'; freezing needs a"
                    + " POSIX system and a live process.",
                pid, answer));
      }
      return new FreezeGuard(pid, shell);
    } catch (IOException e) {
      throw new WeirException(
          "Tried to freeze process " + pid + ", no shell could be run; is this a POSIX system?", e);
    }
  }

  /** Sends SIGCONT; returns when it is sent. */
  void resume() {
    try (OutputStream words = shell.getOutputStream()) {
      words.write("resume\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw failed(e);
    }
    if (Processes.awaitExit(shell) != 0) {
      throw failed(null);
    }
  }

  /** The process is dead: the guard is no longer needed. */
  void dismiss() {
    shell.destroyForcibly();
    Processes.awaitExit(shell);
  }

  private WeirException failed(IOException cause) {
    return new WeirException(
        "Tried to resume process " + pid + " with SIGCONT, it was gone; see who killed it.", cause);
  }
}
