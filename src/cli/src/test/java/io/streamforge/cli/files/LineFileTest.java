package io.streamforge.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> places(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineFile open = new LineFile(file)) {
      for (String line = open.next(); line != null; line = open.next()) {
        lines.add(line + " at " + open.number());
      }
    }
    return lines;
  }

  @Test
  void blankLinesAndAByteOrderMarkArePassedOver() throws IOException {
    String text = "\ufeffa\n\n   \r\nb\n\n";
    assertThat(places(file("plain", text.getBytes(StandardCharsets.UTF_8))))
        .containsExactly("a at 1", "b at 4");
  }

  @Test
  void theFirstBytesSayWhetherItIsGzipped() throws IOException {
    byte[] plain = "a\nb\n".getBytes(StandardCharsets.UTF_8);
    assertThat(places(file("named.gz", plain))).containsExactly("a at 1", "b at 2");
    assertThat(places(file("unnamed", gzip("a\nb\n")))).containsExactly("a at 1", "b at 2");
    assertThat(places(file("empty.gz", new byte[0]))).isEmpty();
  }

  @Test
  void aGzipThatIsCutOffIsNamedWithTheLine() throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int line = 0; line < 40_000; line++) {
      text.append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(text.toString());
    Path cut = file("cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> places(cut))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "\\Q" + cut + "\\E line 1\\d{4}: the gzip ends too early: the file is not whole");
    whole[whole.length / 2] ^= 0x55;
    Path damaged = file("damaged.gz", whole);
    assertThatThrownBy(() -> places(damaged))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(damaged + " line ")
        .hasMessageContaining("the gzip is damaged");
  }

  @Test
  void aFolderIsNamed() {
    assertThatThrownBy(() -> new LineFile(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is a folder, must be a file");
  }
}
