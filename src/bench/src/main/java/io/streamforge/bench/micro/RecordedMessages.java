package io.streamforge.bench.micro;

import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The first messages of a recording in {@code recordings/}, in memory. */
final class RecordedMessages {
  private static final int MOST = 20_000;

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
    try {
      List<RawRecord> all = RecordingFile.records(RecordingFile.path(name));
      return all.subList(0, Math.min(MOST, all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
