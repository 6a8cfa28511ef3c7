package io.streamforge.cli.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.cli.files.OutFile;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.PlantedMarket;
import io.streamforge.testkit.generated.PlantedShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code generate}: a market with planted structure, as a recording. */
@Command(
    name = "generate",
    description =
        "Writes a recording of a market whose structure was planted: sectors, leaders and followers, volatility in"
            + " regimes, jumps, thin and dead symbols. The same options give the same bytes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class GenerateCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The recording; gzipped if it ends in .gz, replaced if it exists.")
  private Path out;

  @Option(
      names = "--planted",
      paramLabel = "FILE",
      description = "What was planted for each symbol, as JSON.")
  private Path planted;

  @Option(names = "--symbols", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int symbols = 30;

  @Option(names = "--sectors", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int sectors = 5;

  @Option(names = "--seconds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int seconds = 900;

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    PlantedMarket market =
        new PlantedMarket(
            new PlantedShape(symbols, sectors, seconds, seed, GeneratedMarket.START_US));
    OutFile.tryFile("--out", out);
    if (planted != null) {
      OutFile.write(planted, JSON.writeValueAsString(market.symbols()));
    }
    try (RecordingWriter recording = new RecordingWriter(out)) {
      market.play(
          message -> {
            try {
              recording.write(message);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      System.err.printf("%,d messages written to %s%n", recording.written(), out);
    }
    return 0;
  }
}
