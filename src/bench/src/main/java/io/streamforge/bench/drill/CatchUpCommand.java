package io.streamforge.bench.drill;

import io.streamforge.bench.FiguresFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench catch-up}: a long log, read from its middle; and a consumer that was off. */
@Command(
    name = "catch-up",
    description =
        "A new consumer group that reads a long log from its middle, where no book has a snapshot; then a consumer of"
            + " the graphs that was off for ten minutes of them. Processes with flink-conf, one worker.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CatchUpCommand implements Callable<Integer> {
  private static final double WEEK_SECONDS = 7 * 86_400;

  @Option(
      names = "--hours",
      defaultValue = "4",
      paramLabel = "N",
      description = "Length of the log, of the market's own time. Default: ${DEFAULT-VALUE}.")
  private int hours;

  @Option(
      names = "--instruments",
      defaultValue = "50",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--rate",
      defaultValue = "50",
      paramLabel = "N",
      description = "Messages a second of that time. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: target/bench/catch-up.json.")
  private Path out = FiguresFile.named("catch-up.json");

  @Override
  public Integer call() throws Exception {
    CatchUpDrill.Figures f =
        new CatchUpDrill(hours, instruments, rate).run(line -> System.err.println(line));
    System.out.printf(
        "%d h of %d instruments, %d messages/s; a new group from the middle%n%n",
        f.hours(), f.instruments(), f.rate());
    System.out.printf(
        "%-24s %8s %12s %16s %14s%n",
        "books", "seconds", "messages/s", "times real time", "7 days, hours");
    print("without a snapshot", f.blind());
    print("live", f.seeing());
    GraphBacklog consumer = f.consumer();
    System.out.printf(
        "%na consumer off for ten minutes of graphs: %,d graphs, %.1f MB, in %.2f s%n",
        consumer.graphs(), consumer.bytes() / 1e6, consumer.seconds());
    FiguresFile.write(out, f);
    return 0;
  }

  /** Seven days are not measured: they are the same market at the same speed. */
  private static void print(String books, CatchUpDrill.Reading reading) {
    System.out.printf(
        "%-24s %8.1f %,12.0f %16.0f %14.1f%n",
        books,
        reading.seconds(),
        reading.messagesPerSecond(),
        reading.marketSeconds(),
        WEEK_SECONDS / reading.marketSeconds() / 3600);
  }
}
