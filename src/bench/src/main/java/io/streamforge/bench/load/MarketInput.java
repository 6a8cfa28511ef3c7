package io.streamforge.bench.load;

import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.RepeatedRecording;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of a benchmark: first those that warm up, then those that count. The same fields
 * give the same bytes, in any process.
 *
 * @param name {@code recorded}, or {@code generated-N} with N instruments, of which {@code xL}
 *     after it says the levels of a book on each side (1 000 if nothing is said), and {@code @R}
 *     after that the messages an instrument and second in the mean (5)
 */
public record MarketInput(String name, int warmUp, int counted) {
  private static final Pattern GENERATED =
      Pattern.compile("generated-([1-9]\\d{0,4})(?:x([1-9]\\d{0,4}))?(?:@([1-9]\\d{0,4}))?");
  private static final int LEVELS = 1_000;
  private static final int MESSAGES_AN_INSTRUMENT_AND_SECOND = 5;
  private static final long SEED = 1;

  /** The inputs that there are, unless another number of instruments is asked for. */
  public static final List<String> NAMES = List.of("recorded", "generated-200", "generated-2000");

  /** Checks it. */
  public MarketInput {
    if (warmUp < 1 || counted < 1) {
      throw new IllegalArgumentException("an input has messages that warm up and some that count");
    }
    if (!name.equals("recorded") && !GENERATED.matcher(name).matches()) {
      throw new IllegalArgumentException("no input '" + name + "', there are " + NAMES);
    }
  }

  public int messages() {
    return warmUp + counted;
  }

  /** The messages in order of receive time; there may be more than {@link #messages}. */
  public Iterator<RawRecord> open() {
    Matcher generated = GENERATED.matcher(name);
    if (!generated.matches()) {
      try {
        return new RepeatedRecording(RecordingFile.path("binance-usdm-btc-eth"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    int instruments = Integer.parseInt(generated.group(1));
    int levels = number(generated.group(2), LEVELS);
    long rate = (long) instruments * number(generated.group(3), MESSAGES_AN_INSTRUMENT_AND_SECOND);
    Duration span = Duration.ofMillis(1_000L * messages() / rate + 1);
    return new GeneratedMarket(new MarketShape(instruments, levels, messages(), span, SEED));
  }

  private static int number(String said, int otherwise) {
    return said == null ? otherwise : Integer.parseInt(said);
  }
}
