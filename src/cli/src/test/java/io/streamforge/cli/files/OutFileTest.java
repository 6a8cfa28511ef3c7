package io.streamforge.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFileTest {
  @TempDir Path folder;

  @Test
  void aFullDiskNamesTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path file = Files.createSymbolicLink(folder.resolve("market.jsonl"), full);
    assertThatThrownBy(() -> OutFile.write(file, "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be written: No space left on device");
  }

  @Test
  void aTrialLeavesWhatIsThere() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "text");
    OutFile.tryFile("--out", kept);
    assertThat(kept).hasContent("text");
    OutFile.tryFile("--out", folder.resolve("new"));
    OutFile.tryFolder("--out", folder.resolve("made/of/folders"));
    assertThat(folder.resolve("made/of/folders")).isEmptyDirectory();
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsSaidWithTheOption() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> OutFile.tryFolder("--out", file))
        .hasMessageStartingWith("--out is '%s', must be a folder", file)
        .hasMessageEndingWith("is a file, must be a folder");
    assertThatThrownBy(() -> OutFile.tryFile("--report", folder.resolve("none/report")))
        .hasMessageStartingWith("--report is '%s', must be a file", folder.resolve("none/report"))
        .hasMessageEndingWith("no such file or folder");
    assertThatThrownBy(() -> OutFile.tryFile("--out", folder)).hasMessageEndingWith("is a folder");
  }
}
