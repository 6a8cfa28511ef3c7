package io.streamforge.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark at its smallest, so that it does not rot. */
class StoreExperimentTest {
  private static final String ARGUMENTS =
      "--rounds 1 --repeat 1 --recording ../../recordings/binance-spot-3.jsonl.gz --instruments 3"
          + " --levels 30 --messages 2000 --seconds 40";

  @TempDir Path folder;

  @Test
  void measuresBoth() throws Exception {
    Path out = folder.resolve("store.json");
    CommandLine command = new CommandLine(new StoreExperiment());
    int status = command.execute((ARGUMENTS + " --out " + out).split(" "));

    assertThat(status).isZero();
    JsonNode figures = new ObjectMapper().readTree(out.toFile());
    assertThat(figures).hasSize(2);
    for (JsonNode input : figures) {
      assertThat(input.get("mids").asLong()).isPositive();
      JsonNode plain = input.get("plain");
      assertThat(plain.at("/operations/gets").asDouble()).isGreaterThanOrEqualTo(1);
      assertThat(plain.at("/operations/writes").asDouble())
          .isGreaterThan(input.get("levelsPerMessage").asDouble());
      for (JsonNode contestant : new JsonNode[] {plain, input.get("writeBack")}) {
        assertThat(contestant.at("/messagesPerSecond/withPauses/p50").asDouble()).isPositive();
        assertThat(contestant.at("/newBytes/mean").asDouble()).isPositive();
      }
    }
  }
}
