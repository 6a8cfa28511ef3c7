package io.streamforge.cli.live;

import io.streamforge.cli.cluster.Ports;
import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.topics.BrokerCheck;
import io.streamforge.loader.Loader;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.settings.SettingsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load}: feeds of live exchanges into Kafka. */
@Command(
    name = "load",
    description =
        "Connects to live exchanges and writes what they send to the raw topics, with requests for books answered."
            + " Ctrl-C ends it. With --check it writes nothing, and says whether a venue's feed is sound.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers; with --config the file names them.")
  private String bootstrapServers;

  @Mixin private FeedOptions feeds;

  @Option(
      names = "--check",
      paramLabel = "VENUE",
      description =
          "Without Kafka: connect to a venue for a minute, say what of its feed is sound, and end with 0 if all is.")
  private String checked;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "How long --check takes. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where --check also writes what it says.")
  private Path report;

  @Override
  public Integer call() throws Exception {
    try (FeedOptions given = feeds) {
      return checked == null ? load() : check(given.ofVenue(checked).config("none:0"));
    }
  }

  private int load() throws Exception {
    if (!feeds.areGiven()) {
      throw new IllegalArgumentException("load needs --config FILE, or --venue VENUE");
    }
    LoaderConfig config = feeds.config(bootstrapServers);
    BrokerCheck.check(
        config.bootstrapServers(), config.kafkaProperties(), config.topics().written());
    Ports.check(config.httpPort(), "the loader's metrics", "http.port in the file of --config");
    Loader loader = new Loader(config, ReceiveClock.ofMachine());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  loader.close(); // so that the books are told to be disconnected
                  ended.countDown();
                }));
    System.out.printf(
        "Loading %d books. Metrics: http://%s:%d/metrics   Ctrl-C ends it.%n",
        loader.feeds().wantedBooks(), config.httpHost(), loader.httpPort());
    ended.await();
    return 0;
  }

  private int check(LoaderConfig config) throws Exception {
    if (seconds < 1) {
      throw new IllegalArgumentException("--seconds is " + seconds + ", must be 1 or more");
    }
    if (config.feeds().get(0).hasPatterns()) {
      throw SettingsException.of(
          "--symbols", config.feeds().get(0).symbols(), "names: --check counts what it asked for");
    }
    if (report != null) {
      OutFile.tryFile("--report", report);
    }
    CheckReport found = VenueCheck.run(config, seconds);
    System.out.print(found.text());
    if (report != null) {
      OutFile.write(report, found.text());
    }
    return found.isSound() ? 0 : 1;
  }
}
