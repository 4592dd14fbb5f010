package dev.weir.testing.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * The main class of every {@link ChildJvm}: runs the wanted main class and ends the JVM at once
 * when its standard input ends, that is, when the parent is gone however it died. Watches on a
 * daemon thread.
 */
final class Leash {
  /** The exit code of a child whose parent is gone. */
  static final int PARENT_GONE = 97;

  private Leash() {}

  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(Leash::holdOn, "weir-leash");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void holdOn() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("The leash to the parent broke: " + e);
    }
    Runtime.getRuntime().halt(PARENT_GONE);
  }
}
