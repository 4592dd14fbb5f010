package dev.weir.internal.snapshot;

import dev.weir.internal.base.Checks;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the objects of a job are called. Pure.
 *
 * <pre>
 *   weir-job                                        whose they are
 *   checkpoints/&lt;checkpoint&gt;-&lt;attempt&gt;/manifest.weir
 *                                     /state.weir      what is small, together
 *                                     /&lt;name&gt;.weir     what is not
 *              manifests-&lt;attempt&gt;.slots     small manifests, in a local folder
 *   bases/&lt;base&gt;-&lt;attempt&gt;/&lt;name&gt;.weir               of RocksDB, shared by checkpoints
 * </pre>
 */
final class Layout {
  static final String OWNER = "weir-job";
  static final String CHECKPOINTS = "checkpoints";
  static final String BASES = "bases";
  static final String SUFFIX = ".weir";
  static final String TEMPORARY = ".tmp";
  private static final String SLOTS_SUFFIX = ".slots";
  static final String MANIFEST = "manifest" + SUFFIX;
  static final String PACK = "state" + SUFFIX;

  private static final String ID = "(0|[1-9][0-9]{0,17})";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern PLAIN_NAME = Pattern.compile(NAME);
  private static final Pattern OBJECT =
      Pattern.compile(
          "(" + CHECKPOINTS + "|" + BASES + ")/" + ID + "-" + ID + "/" + NAME + "\\.weir");
  private static final Pattern OURS = Pattern.compile(OBJECT.pattern() + "(\\.[0-9]+)?(\\.tmp)?");
  private static final Pattern SLOTS =
      Pattern.compile(CHECKPOINTS + "/manifests-" + ID + "\\.slots((\\.[0-9]+)?\\.tmp)?");

  private Layout() {}

  static String checkpointFolder(long checkpointId, long attempt) {
    return CHECKPOINTS + "/" + checkpointId + "-" + attempt + "/";
  }

  /** A state file too large to be packed. */
  static String stateLocation(long checkpointId, long attempt, String name) {
    String file = plain(name) + SUFFIX;
    Checks.argument(
        !file.equals(MANIFEST) && !file.equals(PACK), "'%s' cannot name a state file", name);
    return checkpointFolder(checkpointId, attempt) + file;
  }

  static String packLocation(long checkpointId, long attempt) {
    return checkpointFolder(checkpointId, attempt) + PACK;
  }

  static String manifestLocation(long checkpointId, long attempt) {
    return checkpointFolder(checkpointId, attempt) + MANIFEST;
  }

  static String baseLocation(long base, long attempt, String name) {
    return BASES + "/" + base + "-" + attempt + "/" + plain(name) + SUFFIX;
  }

  private static String plain(String name) {
    Checks.argument(PLAIN_NAME.matcher(name).matches(), "'%s' cannot be the name of a file", name);
    return name;
  }

  /** Whether a location that was read from somewhere is one that Weir gives. */
  static boolean isLocation(String location) {
    return OBJECT.matcher(location).matches();
  }

  static boolean isManifest(String location) {
    return isLocation(location) && location.endsWith("/" + MANIFEST);
  }

  /** A file with the small manifests of an attempt. */
  static String slotsLocation(long attempt) {
    return CHECKPOINTS + "/manifests-" + attempt + SLOTS_SUFFIX;
  }

  static boolean isSlots(String location) {
    return location.endsWith(SLOTS_SUFFIX) && SLOTS.matcher(location).matches();
  }

  /** The file with slots that is listed so when it holds nothing; else empty. */
  static Optional<String> slotsOfLeftOver(String listed) {
    return Optional.of(listed)
        .filter(name -> name.endsWith(TEMPORARY))
        .map(name -> name.substring(0, name.length() - TEMPORARY.length()))
        .filter(Layout::isSlots);
  }

  /**
   * What the folder of one of our objects, or of what is left of one, says; else empty. What is
   * left of slots is as if of a checkpoint to come: for later attempts to remove.
   */
  static Optional<Folder> folderOf(String location) {
    Matcher matcher = OURS.matcher(location);
    if (matcher.matches()) {
      return Optional.of(
          new Folder(
              matcher.group(1).equals(BASES),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    }
    Matcher slots = SLOTS.matcher(location);
    return slots.matches()
        ? Optional.of(new Folder(false, Long.MAX_VALUE, Long.parseLong(slots.group(1))))
        : Optional.empty();
  }

  /**
   * A folder of objects.
   *
   * @param isOfBase whether it holds files of a base
   * @param id the checkpoint or the base
   * @param attempt the attempt that wrote it
   */
  record Folder(boolean isOfBase, long id, long attempt) {}
}
