package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weir.serde.TypeSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileHeaderTest {
  private static final int VERSION_AT = 8;
  private static final FileHeader.Table WINDOWS = table("windows", true, "tumbling 10s");
  private static final FileHeader.Table VALUES = table("value.total", false, "");

  @Test
  void shouldTellWhichWindowsTheRowsAreOf() throws IOException {
    FileHeader header = header(WINDOWS, VALUES);

    assertThat(read(bytes(header))).isEqualTo(header);
  }

  @Test
  void shouldWriteAndReadVersionTwoForEver() throws IOException {
    byte[] golden = golden("header-2.weir");

    assertThat(bytes(header(WINDOWS, VALUES))).isEqualTo(golden);
    assertThat(read(golden).tables()).containsExactly(WINDOWS, VALUES);
  }

  @Test
  void shouldReadVersionOneWhichDoesNotTellTheWindows() throws IOException {
    FileHeader header = read(golden("base-1.weir"));

    assertThat(header.tables())
        .extracting(FileHeader.Table::name, FileHeader.Table::isTimed, FileHeader.Table::windows)
        .containsExactly(tuple("windows", true, ""), tuple("values", false, ""));
  }

  @Test
  void shouldStayReadableForEarlierVersionsWhereThereAreNoWindows() throws IOException {
    assertThat(versionOf(bytes(header(VALUES)))).isEqualTo(FileHeader.WITHOUT_WINDOWS);
    assertThat(versionOf(bytes(header(WINDOWS)))).isEqualTo(FileHeader.VERSION);
  }

  @Test
  void shouldNameTheVersionsThatItReads() throws IOException {
    byte[] newer = bytes(header(WINDOWS));
    newer[VERSION_AT + Integer.BYTES - 1] = 3;

    assertThatThrownBy(() -> read(newer))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessage("expected format version 1 or 2, found version 3");
  }

  @Test
  void shouldRefuseWhatIsCutOffAnywhere() throws IOException {
    byte[] whole = bytes(header(WINDOWS, VALUES));

    for (int length = 0; length < whole.length; length++) {
      byte[] shorter = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(shorter)).isInstanceOf(IOException.class);
    }
  }

  private static FileHeader.Table table(String name, boolean isTimed, String windows) {
    return FileHeader.Table.of(
        new TableDescriptor<>(
            name,
            isTimed,
            TypeSerializers.of(String.class),
            TypeSerializers.of(Long.class),
            windows));
  }

  private static FileHeader header(FileHeader.Table... tables) {
    return new FileHeader(true, "count", 7, 2, 5, 8, List.of(tables));
  }

  private static byte[] bytes(FileHeader header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    header.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static FileHeader read(byte[] bytes) throws IOException {
    return FileHeader.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static int versionOf(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.readLong();
    return in.readInt();
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = FileHeaderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
