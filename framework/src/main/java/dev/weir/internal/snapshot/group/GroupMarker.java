package dev.weir.internal.snapshot.group;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What makes files of several jobs a group of savepoints: written last, once, and whole. Immutable.
 *
 * <pre>
 *   weir-savepoint-group 1
 *   member orders 17 3 checkpoints/17-3/manifest.weir 412 -559038737 1795262400000     (each job)
 *   crc32c 123456                                                       (of all lines above)
 * </pre>
 *
 * <p>The files of the first member lie in {@code members/0/}, and so on.
 *
 * @param members in the order in which they were given
 */
public record GroupMarker(List<Member> members) {
  /** Its name in the group's place. */
  public static final String NAME = "weir-savepoint-group";

  private static final String HEADER = NAME + " 1";
  private static final int LONGEST = 1 << 20;

  /** Makes the list unmodifiable. */
  public GroupMarker {
    members = List.copyOf(members);
  }

  /**
   * One job's savepoint.
   *
   * @param job the job that it was taken of
   * @param entry names its manifest, relative to its own folder
   */
  public record Member(String job, LedgerEntry entry) {}

  /** Where the files of a member lie. */
  public static String folderOf(int member) {
    return "members/" + member + "/";
  }

  /** The place of a job among the members; empty: it is none. */
  Optional<Integer> placeOf(String job) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).job().equals(job)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Makes the group be there; afterwards it is durable. */
  public void writeTo(SnapshotStore place, String name) {
    byte[] bytes = format().getBytes(StandardCharsets.UTF_8);
    try (SnapshotStore.Upload upload = place.create(NAME)) {
      upload.write(bytes, 0, bytes.length);
      upload.complete();
    } catch (IOException e) {
      throw new StorageException(
          "Tried to write " + name + "/" + NAME + ": " + e + ". Check the store and the rights.",
          e);
    }
  }

  /**
   * Reads the one of a place.
   *
   * @return empty: there is none, so there is no group
   * @throws RestoreException if it is damaged
   */
  public static Optional<GroupMarker> readFrom(SnapshotStore place, String name) {
    try (InputStream in = place.open(NAME, 0, LONGEST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(parse(text, name + "/" + NAME));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageException(
          "Tried to read " + name + "/" + NAME + ": " + e + ". Check the store and the rights.", e);
    }
  }

  String format() {
    StringBuilder text = new StringBuilder(HEADER + "\n");
    for (Member member : members) {
      LedgerEntry e = member.entry();
      text.append("member " + member.job() + " " + e.checkpointId() + " " + e.attempt())
          .append(" " + e.manifest() + " " + e.manifestBytes() + " " + e.manifestCrc32c())
          .append(" " + e.completedAtMillis() + "\n");
    }
    return text + "crc32c " + crc(text.toString()) + "\n";
  }

  static GroupMarker parse(String text, String file) {
    try {
      String facts = text.substring(0, text.lastIndexOf("crc32c "));
      List<String> lines = facts.lines().toList();
      boolean isWhole = text.equals(facts + "crc32c " + crc(facts) + "\n");
      if (!isWhole || !lines.get(0).equals(HEADER)) {
        throw damaged(text, file, null);
      }
      List<Member> members = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        members.add(member(line.split(" ", -1)));
      }
      return new GroupMarker(members);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw damaged(text, file, e);
    }
  }

  private static Member member(String[] fields) {
    return new Member(
        fields[1],
        new LedgerEntry(
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            fields[4],
            Long.parseLong(fields[5]),
            Integer.parseInt(fields[6]),
            Long.parseLong(fields[7])));
  }

  private static RestoreException damaged(String text, String file, Exception cause) {
    return new RestoreException(
        "The marker "
            + file
            + " of a group of savepoints is damaged: expected '"
            + HEADER
            + "' with its checksum, found '"
            + text.substring(0, Math.min(100, text.length()))
            + "'. Put an undamaged copy back.",
        cause);
  }

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
