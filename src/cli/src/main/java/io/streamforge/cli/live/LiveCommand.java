package io.streamforge.cli.live;

import io.streamforge.cli.cluster.Ports;
import io.streamforge.cli.demo.MarketOutputs;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.cli.view.LiveView;
import io.streamforge.cli.view.ViewCommand;
import io.streamforge.loader.Loader;
import io.streamforge.loader.out.ReceiveClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code live}: the whole line on a market of now, watched. */
@Command(
    name = "live",
    description =
        "Starts Kafka, Flink and the loader in this process, connects to a live exchange, and shows the graph of its"
            + " market. Default: twenty large markets of Kraken, which needs no key. Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LiveCommand implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  /** Without a graph for so long, a line says why. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  @Mixin private FeedOptions feeds;

  @Option(
      names = "--port",
      defaultValue = "8081",
      paramLabel = "PORT",
      description = "Port of Flink's web UI; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--view",
      defaultValue = ViewCommand.PORT,
      paramLabel = "PORT",
      description = "Port of the page of the market; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int viewPort;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after so long. Default: at Ctrl-C.")
  private Long seconds;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Ports.check(port, "Flink's web UI", "--port");
    Ports.check(viewPort, "the page", "--view");
    feeds.config("none:0"); // says what is wrong before anything is started
    System.out.println("Starting Kafka and Flink …");
    try (FeedOptions given = feeds;
        EmbeddedJob market = EmbeddedJob.startLive(2, 4, port, 0, settings);
        LiveView view = LiveView.start(market.settings(), viewPort);
        Loader loader =
            new Loader(
                given.config(market.broker().bootstrapServers()).onPort(0),
                ReceiveClock.ofMachine())) {
      String addresses =
          "The market in a browser: %s   Flink's web UI: %s   The loader's metrics: http://localhost:%d/metrics"
              .formatted(view.address(), market.flink().webUi(), loader.httpPort());
      System.out.println(addresses);
      watch(market, loader, addresses);
    }
    return 0;
  }

  private void watch(EmbeddedJob market, Loader loader, String addresses) {
    boolean terminal = Boolean.getBoolean("streamforge.terminal");
    long endNanos =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? Integer.MAX_VALUE : seconds);
    MarketOutputs outputs = new MarketOutputs(market.settings());
    long shown = 0;
    long saidNanos = System.nanoTime();
    try (TopicReader reader = Topics.reader(market.settings(), outputs.topics())) {
      while (System.nanoTime() < endNanos) {
        reader.poll(outputs::receive);
        if (outputs.graphs() > shown) {
          shown = outputs.graphs();
          System.out.print(terminal ? CLEAR : "\n");
          System.out.print(outputs.screen(progress(loader, outputs), addresses));
          System.out.flush();
          saidNanos = System.nanoTime();
        } else if (System.nanoTime() - saidNanos > SILENCE_NANOS) {
          System.out.println(progress(loader, outputs));
          saidNanos = System.nanoTime();
        }
      }
    }
  }

  private static String progress(Loader loader, MarketOutputs outputs) {
    String down = loader.feeds().down();
    return "%d of %d books have begun; %,d symbol records, %,d graphs out%s"
        .formatted(
            loader.feeds().begunBooks(),
            loader.feeds().wantedBooks(),
            outputs.symbolRecords(),
            outputs.graphs(),
            down.isEmpty() ? "" : "; " + down);
  }
}
