package io.streamforge.cli.replay;

import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.recording.Feed;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.topics.JobFile;
import io.streamforge.topic.TopicNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: the job over recordings, to the end, into files. */
@Command(
    name = "replay",
    description =
        "Runs the job over recordings, to the end, and writes DIR/<topic>.jsonl for every topic out and"
            + " DIR/summary.json. The bytes do not depend on speed, parallelism or partitions.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  @Option(
      names = "--recording",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings (JSON lines, .gz or plain); several are merged by receive time.")
  private List<Path> recordings;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if missing, files in it are replaced.")
  private Path out;

  @Option(
      names = "--direct",
      description =
          "One loop on one thread instead of Kafka and Flink: the same bytes, and the first of them within a second or"
              + " two. Without --speed, --parallelism and --partitions.")
  private boolean direct;

  @Option(
      names = "--speed",
      defaultValue = "max",
      paramLabel = "N|max",
      description = "Times the recording's own speed. Default: ${DEFAULT-VALUE}.")
  private String speed;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      paramLabel = "N",
      description = "Parallelism of the job. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(
      names = "--partitions",
      defaultValue = "1",
      paramLabel = "N",
      description = "Partitions of every topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job; see `streamforge settings`.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private JobFile file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sink.market-events.topic", TopicNames.MARKET_EVENTS);
    all.putAll(file.under(settings));
    OutFile.tryFolder("--out", out);
    return direct ? callDirect(all) : callJob(all);
  }

  private Integer callDirect(Map<String, String> all) throws IOException {
    for (String option : List.of("--speed", "--parallelism", "--partitions")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            option + " has no meaning with --direct, which is one loop on one thread");
      }
    }
    DirectReplay replay = new DirectReplay(all, ReplayCommand::print);
    try (Recordings input = new Recordings(recordings)) {
      tell(replay.run(input, out));
    }
    return 0;
  }

  private Integer callJob(Map<String, String> all) throws Exception {
    double times = parseSpeed(speed);
    if (parallelism < 1 || partitions < 1) {
      throw new IllegalArgumentException("--parallelism and --partitions must be at least 1");
    }
    try (Recordings input = new Recordings(recordings);
        EmbeddedJob market = EmbeddedJob.start(parallelism, partitions, 0, all)) {
      Replay replay = new Replay(market, times);
      ReplaySummary summary = replay.run(input, ReplayCommand::print);
      replay.writeTo(out);
      tell(summary);
    }
    return 0;
  }

  private void tell(ReplaySummary summary) throws IOException {
    summary.writeTo(out.resolve("summary.json"));
    System.err.println(summary.text(out));
    summary.expectSomething();
  }

  static void print(Playback.Progress progress) {
    System.err.printf(
        "%,d messages in, %,d symbol records and %,d graphs out, %d s of the recording%n",
        progress.messages(), progress.symbols(), progress.graphs(), progress.playedSeconds());
  }

  public static double parseSpeed(String text) {
    if (text.equals("max")) {
      return Feed.MAX_SPEED;
    }
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0 && Double.isFinite(speed)) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "--speed is '" + text + "', must be a number above 0 or max");
  }
}
