package dev.weir.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A storage as people name it: a folder, or a URI with a scheme. Stateless. */
final class StorageName implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    if (!text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Path.of(text).toAbsolutePath().normalize().toUri();
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new TypeConversionException(
          "'" + text + "' is neither a folder nor a URI such as file:/a/folder");
    }
  }
}
