package dev.weir.internal.snapshot.group;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.ChecksummedLines;
import dev.weir.internal.snapshot.LedgerText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

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
    return ChecksummedLines.format(
        HEADER,
        members.stream()
            .map(each -> "member " + each.job() + " " + LedgerText.wordsOf(each.entry()))
            .toList());
  }

  static GroupMarker parse(String text, String file) {
    try {
      return new GroupMarker(
          ChecksummedLines.parse(HEADER, text).orElseThrow().stream()
              .map(line -> line.split(" ", -1))
              .map(words -> new Member(words[1], LedgerText.entryOf(words, 2)))
              .toList());
    } catch (IndexOutOfBoundsException | NumberFormatException | NoSuchElementException e) {
      throw damaged(text, file, e);
    }
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
}
