package io.streamforge.bench.micro;

import io.streamforge.bench.market.RecordedInput;
import io.streamforge.cli.recording.Recording;
import io.streamforge.marketgraph.Settings;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first messages of a recording in {@code recordings/}, in memory. */
final class RecordedMessages {
  private static final int MOST = 20_000;
  private static final Path HOME = Path.of(System.getProperty("streamforge.home", "../.."));

  private RecordedMessages() {}

  /** The job's decoder with its default settings. */
  static MessageDecoder decoder() {
    return settings().messageDecoder();
  }

  /** When its records count. */
  static TimePolicy time() {
    return settings().time();
  }

  private static Settings settings() {
    return new Settings(Map.of("kafka.bootstrap-servers", "none:1"));
  }

  /**
   * @param name of the file, without its ending
   */
  static List<RawRecord> of(String name) {
    List<RawRecord> messages = new ArrayList<>();
    try (Recording recording =
        new Recording(HOME.resolve("recordings").resolve(name + ".jsonl.gz"))) {
      RecordedInput market = new RecordedInput(recording);
      while (market.hasNext() && messages.size() < MOST) {
        messages.add(market.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }
}
