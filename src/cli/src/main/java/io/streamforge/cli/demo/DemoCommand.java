package io.streamforge.cli.demo;

import io.streamforge.cli.cluster.Ports;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.ReplayCommand;
import io.streamforge.cli.topics.JobFile;
import io.streamforge.cli.view.LiveView;
import io.streamforge.cli.view.ViewCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole line on a real recording, watched. */
@Command(
    name = "demo",
    description =
        "Starts Kafka and Flink in this process, plays a real recording at its own speed through the job, and shows the"
            + " graph of the market as it changes. Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--recording",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings to play. Default: two minutes of ten markets of Kraken.")
  private List<Path> recordings;

  @Option(
      names = "--speed",
      defaultValue = "1",
      paramLabel = "N|max",
      description = "Times the recording's own speed. Default: ${DEFAULT-VALUE}.")
  private String speed;

  @Option(
      names = "--port",
      defaultValue = "8081",
      paramLabel = "PORT",
      description = "Port of Flink's web UI; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--kafka-port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "Port of Kafka, for programs that read the topics; 0 for any. Default: 0.")
  private int kafkaPort;

  @Option(
      names = "--view",
      arity = "0..1",
      fallbackValue = ViewCommand.PORT,
      paramLabel = "PORT",
      description =
          "Serve a page of the market, as `view` does. Its port: ${FALLBACK-VALUE}, 0 for any.")
  private Integer viewPort;

  @Option(
      names = "--once",
      description = "End when the recording has been played, instead of leaving the web UI up.")
  private boolean once;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private JobFile file;

  @Override
  public Integer call() throws Exception {
    double times = ReplayCommand.parseSpeed(speed);
    List<Path> files = recordings == null ? List.of(bundled()) : recordings;
    Ports.check(port, "Flink's web UI", "--port");
    Ports.check(kafkaPort, "Kafka", "--kafka-port");
    if (viewPort != null) {
      Ports.check(viewPort, "the page", "--view");
    }
    System.out.println("Starting Kafka and Flink …");
    try (Recordings input = new Recordings(files);
        EmbeddedJob market = EmbeddedJob.start(2, 4, port, kafkaPort, file.under(settings));
        LiveView view = viewPort == null ? null : LiveView.start(market.settings(), viewPort)) {
      Demo demo =
          new Demo(
              market,
              Recordings.spanUs(files),
              System.out,
              Boolean.getBoolean("streamforge.terminal"),
              view == null ? Optional.empty() : Optional.of(view.address()));
      demo.run(input, times);
      if (!once) {
        demo.stay();
      }
    }
    return 0;
  }

  private static Path bundled() {
    Path file =
        Path.of(System.getProperty("streamforge.home", "."), "recordings", "kraken-v1-10.jsonl.gz");
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + " is missing; give one with --recording");
    }
    return file;
  }
}
