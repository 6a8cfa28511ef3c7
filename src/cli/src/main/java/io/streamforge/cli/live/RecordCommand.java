package io.streamforge.cli.live;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.recording.Recorder;
import io.streamforge.cli.topics.BrokerOptions;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.loader.Feeds;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.watch.LoaderLog;
import io.streamforge.marketgraph.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code record}: from Kafka, or from an exchange, into a recording. */
@Command(
    name = "record",
    description =
        "Writes what raw topics hold, and then what comes, into a recording, in order of receive time, as a job of these"
            + " settings counts it. With --venue or --config it takes them from exchanges, without Kafka. Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RecordCommand implements Callable<Integer> {
  /** Kafka or exchanges. */
  private static final class Source {
    @ArgGroup(exclusive = false)
    private BrokerOptions broker;

    @ArgGroup(exclusive = false)
    private FeedOptions feeds;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--topics",
      split = ",",
      paramLabel = "TOPIC",
      description =
          "Comma-separated. Default: those of the settings, raw-orderbooks and raw-trades.")
  private List<String> topics;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The recording; gzipped if it ends in .gz, replaced if it exists.")
  private Path out;

  @Option(names = "--once", description = "End when all that the topics hold has been written.")
  private boolean once;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Of exchanges: end after so long. Default: at Ctrl-C.")
  private Long seconds;

  private volatile boolean stopped;

  @Override
  public Integer call() throws Exception {
    OutFile.tryFile("--out", out);
    return source.broker == null ? fromExchanges() : fromKafka(source.broker.settings());
  }

  private int fromExchanges() throws Exception {
    if (seconds != null && seconds < 1) {
      throw new IllegalArgumentException("--seconds is " + seconds + ", must be 1 or more");
    }
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ended, finished)));
    try (FeedOptions given = source.feeds;
        FeedRecorder recorder = new FeedRecorder(out)) {
      LoaderLog log = new LoaderLog(new PrometheusRegistry());
      try (Feeds feeds =
          new Feeds(given.config("none:0"), recorder, ReceiveClock.ofMachine(), log)) {
        feeds.start();
        long left = seconds == null ? Long.MAX_VALUE : seconds;
        while (left-- > 0 && !ended.await(1, TimeUnit.SECONDS)) {
          recorder.check();
        }
      }
      recorder.close();
      recorder.check();
      System.err.printf("%,d messages written to %s%n", recorder.taken(), out);
    } finally {
      finished.countDown();
    }
    return 0;
  }

  private int fromKafka(Settings settings) throws Exception {
    List<String> read = topics == null ? Topics.in(settings) : topics;
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(new CountDownLatch(1), finished)));
    try (TopicReader input = Topics.reader(settings, read);
        Recorder recorder = new Recorder(out, settings.time(), settings.receipts())) {
      do {
        input.poll(recorder::add);
        recorder.write(input.behind());
      } while (!stopped && !(once && input.behind().isEmpty()));
      recorder.close();
      System.err.printf(
          "%,d messages written to %s, %,d left out%n",
          recorder.written(), out, recorder.leftOut());
    } finally {
      finished.countDown();
    }
    return 0;
  }

  // Ctrl-C must not cut the file off.
  private void stop(CountDownLatch ended, CountDownLatch finished) {
    stopped = true;
    ended.countDown();
    try {
      finished.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
