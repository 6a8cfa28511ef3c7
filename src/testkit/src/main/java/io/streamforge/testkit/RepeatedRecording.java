package io.streamforge.testkit;

import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording of Binance again and again, without end, as a recorder would see a market that
 * repeats itself and a connection that is lost at each end: receive and event times go on a second
 * or two later, update and trade ids above the highest so far. The first deltas of a repetition do
 * not follow the last of the one before, so the books have a gap until the recording's own
 * snapshots come, a few hundred milliseconds later.
 */
public final class RepeatedRecording implements Iterator<RawRecord> {
  private static final long SECOND_US = 1_000_000;
  private static final Pattern NUMBER = Pattern.compile("\"(E|T|U|u|pu|lastUpdateId|t)\":([0-9]+)");

  private final List<RawRecord> once;
  private long spanUs;
  private long updateIds;
  private long tradeIds;
  private int next;
  private long pass;
  private long offset;

  /**
   * @throws IOException if the file cannot be read
   */
  public RepeatedRecording(Path file) throws IOException {
    once = RecordingFile.records(file);
    long lastUs = Long.MIN_VALUE;
    for (RawRecord message : once) {
      lastUs = Math.max(lastUs, message.receiveTimeUs());
      Matcher numbers = NUMBER.matcher(text(message));
      while (numbers.find()) {
        long value = Long.parseLong(numbers.group(2));
        switch (numbers.group(1)) {
          case "E", "T" -> lastUs = Math.max(lastUs, value * 1000);
          case "t" -> tradeIds = Math.max(tradeIds, value);
          default -> updateIds = Math.max(updateIds, value);
        }
      }
    }
    // Whole seconds: an event lies in its sample as it did.
    spanUs = ((lastUs - once.get(0).receiveTimeUs()) / SECOND_US + 2) * SECOND_US;
  }

  /** How many messages the recording has: so many are a repetition. */
  public int length() {
    return once.size();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public RawRecord next() {
    RawRecord message = once.get(next);
    long laterUs = pass * spanUs;
    String value = pass == 0 ? text(message) : later(text(message));
    if (++next == once.size()) {
      next = 0;
      pass++;
    }
    return new RawRecord(
        message.topic(),
        message.partition(),
        offset++,
        message.key(),
        value.getBytes(StandardCharsets.UTF_8),
        message.venue(),
        message.receiveTimeUs() + laterUs);
  }

  private String later(String value) {
    return NUMBER
        .matcher(value)
        .replaceAll(
            number -> {
              long higher =
                  switch (number.group(1)) {
                    case "E", "T" -> spanUs / 1000;
                    case "t" -> tradeIds;
                    default -> updateIds;
                  };
              long shifted = Long.parseLong(number.group(2)) + pass * higher;
              return "\"" + number.group(1) + "\":" + shifted;
            });
  }

  private static String text(RawRecord message) {
    return new String(message.value(), StandardCharsets.UTF_8);
  }
}
