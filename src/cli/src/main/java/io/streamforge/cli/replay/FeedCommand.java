package io.streamforge.cli.replay;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.KafkaOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers.")
  private String bootstrapServers;

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

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job, as the job has it.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    try (Recordings input = new Recordings(recordings);
        Playback playback = new Playback(new Settings(values), ReplayCommand.parseSpeed(speed))) {
      playback.run(input, () -> {}, ReplayCommand::print);
      if (out != null) {
        playback.writeTo(out);
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
