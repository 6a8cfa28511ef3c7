package io.streamforge.cli.replay;

import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.topics.BrokerCheck;
import io.streamforge.cli.topics.JobBroker;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code feed}: a recording into Kafka, for a job that runs elsewhere. */
@Command(
    name = "feed",
    description =
        "Plays recordings into the topics that a job reads, with heartbeats, and says when the job has answered to the"
            + " last of them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class FeedCommand implements Callable<Integer> {
  @Mixin private JobBroker broker;

  @Option(
      names = "--recording",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings (JSON lines, .gz or plain); several are merged by receive time.")
  private List<Path> recordings;

  @Option(
      names = "--speed",
      defaultValue = "1",
      paramLabel = "N|max",
      description = "Times the recording's own speed. Default: ${DEFAULT-VALUE}.")
  private String speed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for what the topics out hold, as of `replay`. Default: none.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    if (out != null) {
      OutFile.tryFolder("--out", out);
    }
    Settings settings = broker.settings();
    BrokerCheck.check(settings.bootstrapServers(), settings.kafkaProperties(), Topics.in(settings));
    Topics.checkForReplay(settings);
    try (Recordings input = new Recordings(recordings);
        Playback playback = new Playback(settings, ReplayCommand.parseSpeed(speed))) {
      playback.run(input, () -> {}, ReplayCommand::print);
      if (out != null) {
        playback.writeTo(out);
      }
      if (playback.output().symbolCount() == 0) {
        throw new IOException(ReplaySummary.nothing(playback.output().deadLetterReasons()));
      }
      System.err.printf(
          "%,d graphs and %,d symbol records are in Kafka%s%n",
          playback.output().graphCount(),
          playback.output().symbolCount(),
          out == null ? "" : " and in " + out);
    }
    return 0;
  }
}
