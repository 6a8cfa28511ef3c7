package io.streamforge.testkit.exchange.market;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times in the venues' texts. */
public final class VenueTimes {
  private static final Pattern ISO =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final Pattern EPOCH =
      Pattern.compile("(\"(?:E|T|ts|cts)\":\"?)(\\d{13})(?=[\",}])");
  private static final Pattern UNIX =
      Pattern.compile("timestamp\": ?\"(\\d{10}|\\d{13}|\\d{16})\"");
  private static final int MICROS_DIGITS = 16;
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS").withZone(ZoneOffset.UTC);

  private VenueTimes() {}

  /** The text with every time in it moved, each with as many digits as before. */
  public static String isoShifted(String text, long shiftUs) {
    if (shiftUs == 0) {
      return text;
    }
    return ISO.matcher(text)
        .replaceAll(
            found -> {
              Instant time = Instant.parse(found.group());
              // Coinbase writes 1970 where it knows no time.
              return time.getEpochSecond() == 0
                  ? found.group()
                  : iso(time.plus(shiftUs, ChronoUnit.MICROS), digits(found.group(1)));
            });
  }

  private static int digits(String fraction) {
    return fraction == null ? 0 : fraction.length() - 1;
  }

  /**
   * The text with the times {@code E}, {@code T}, {@code ts} and {@code cts} moved, in quotes or
   * not; in microseconds where asked for.
   */
  public static String epochShifted(String text, long shiftUs, boolean inMicros) {
    if (shiftUs == 0 && !inMicros) {
      return text;
    }
    Matcher matcher = EPOCH.matcher(text);
    return matcher.replaceAll(
        found -> {
          long ms = Long.parseLong(found.group(2)) + shiftUs / 1000;
          return found.group(1) + (inMicros ? ms + "000" : Long.toString(ms));
        });
  }

  /** The text with {@code timestamp} and {@code microtimestamp} moved, each in its own unit. */
  public static String unixShifted(String text, long shiftUs) {
    if (shiftUs == 0) {
      return text;
    }
    return UNIX.matcher(text)
        .replaceAll(
            found -> {
              long unitUs = 1;
              for (int digits = found.group(1).length(); digits < MICROS_DIGITS; digits++) {
                unitUs *= 10;
              }
              long moved = Long.parseLong(found.group(1)) + Math.floorDiv(shiftUs, unitUs);
              return found.group().replace(found.group(1), Long.toString(moved));
            });
  }

  /** A time with six decimals. */
  public static String isoMicros(long us) {
    return iso(Instant.EPOCH.plus(us, ChronoUnit.MICROS), 6);
  }

  /** A time with nine decimals. */
  public static String isoNanos(long us) {
    return iso(Instant.EPOCH.plus(us, ChronoUnit.MICROS), 9);
  }

  private static String iso(Instant time, int digits) {
    String nanos = NANOS.format(time);
    return nanos.substring(0, nanos.length() - (digits == 0 ? 10 : 9 - digits)) + "Z";
  }
}
