package io.streamforge.bench.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where benchmarks leave what they measured, for programs. */
public final class FiguresFile {
  private static final Path FOLDER =
      Path.of(System.getProperty("streamforge.home", "."), "target/bench");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private FiguresFile() {}

  /** A file of a name, unless told otherwise. */
  public static Path named(String name) {
    return FOLDER.resolve(name);
  }

  /** Writes figures as JSON; the folder is made. */
  public static void write(Path file, Object figures) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writeValue(file.toFile(), figures);
  }
}
