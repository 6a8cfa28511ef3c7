package io.streamforge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets who mistypes: one line and a status. */
class BenchTest {
  private static String refused(String... arguments) {
    StringWriter errors = new StringWriter();
    int status = Bench.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    assertThat(status).isNotZero();
    assertThat(errors.toString().lines()).hasSize(1);
    return errors.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "--recording=nowhere.jsonl.gz, nowhere.jsonl.gz",
    "--rounds=0, --rounds",
    "--set=book.depht=3, book.depht"
  })
  void namesWhatIsWrong(String argument, String named) {
    assertThat(refused("store", argument)).contains(named);
  }
}
