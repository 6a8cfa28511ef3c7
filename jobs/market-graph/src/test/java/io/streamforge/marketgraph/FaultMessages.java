package io.streamforge.marketgraph;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.List;

/** Messages of venues, to be run through the whole market. */
final class FaultMessages {
  private static final long START_MS = 1_790_000_000_000L;

  private final List<RawRecord> records = new ArrayList<>();

  void book(String venue, String key, int second, String text) {
    add("raw-orderbooks", venue, key, second, text);
  }

  void trades(String venue, String key, int second, String text) {
    add("raw-trades", venue, key, second, text);
  }

  /**
   * @param second since the start; the message is received a tenth later
   * @param text with ' for ", and TIME for the venue's time in ms
   */
  private void add(String topic, String venue, String key, int second, String text) {
    long ms = START_MS + 1_000L * second + 100;
    String value = text.replace('\'', '"').replace("TIME", Long.toString(ms - 10));
    records.add(
        new RawRecord(
            topic,
            0,
            records.size(),
            key.getBytes(UTF_8),
            value.getBytes(UTF_8),
            venue,
            1_000 * ms));
  }

  FaultRun run() {
    return FaultRun.of(records);
  }
}
