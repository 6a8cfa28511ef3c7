package io.streamforge.cli.recording;

import io.streamforge.cli.topics.BrokerOptions;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code record}: from Kafka into a recording. */
@Command(
    name = "record",
    description =
        "Writes what raw topics hold, and then what comes, into a recording, in order of receive time, as a job of these"
            + " settings counts it. Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RecordCommand implements Callable<Integer> {
  @Mixin private BrokerOptions broker;

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

  private volatile boolean stopped;

  @Override
  public Integer call() throws Exception {
    Settings settings = broker.settings();
    List<String> read = topics == null ? Topics.in(settings) : topics;
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(finished)));
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
  private void stop(CountDownLatch finished) {
    stopped = true;
    try {
      finished.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
