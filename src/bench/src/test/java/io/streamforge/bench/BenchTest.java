package io.streamforge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What a person gets who mistypes: one line and a status. */
class BenchTest {

  private static String refused(String... arguments) {
    StringWriter errors = new StringWriter();
    int status = Bench.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    assertThat(status).isNotZero();
    assertThat(errors.toString().lines()).hasSize(1);
    return errors.toString();
  }

  @Test
  void namesAMissingFile() {
    assertThat(refused("store", "--recording", "nowhere.jsonl.gz")).contains("nowhere.jsonl.gz");
  }

  @Test
  void namesABadNumberOfRounds() {
    assertThat(refused("store", "--rounds", "0")).contains("--rounds");
  }

  @Test
  void namesAnUnknownSetting() {
    assertThat(refused("store", "--set", "book.depht=3")).contains("book.depht");
  }
}
