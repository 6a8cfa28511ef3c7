package io.streamforge.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a long run has given: {@code target/soak/NAME.json}, from which {@code ./streamforge soak}
 * takes the line of {@code docs/soaks.md}.
 *
 * @param seed of the market that it was given
 * @param result what a person wants to know of it, in a line
 * @param figures all that was measured
 */
record SoakReport(long seed, String result, Object figures) {
  private static final Path FOLDER =
      Path.of(System.getProperty("streamforge.home", "../.."), "target/soak");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Writes it, and prints its line. */
  void write(String soak) throws IOException {
    System.out.println(soak + ": " + result);
    Files.createDirectories(FOLDER);
    JSON.writeValue(FOLDER.resolve(soak + ".json").toFile(), this);
  }
}
