package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * A feed of nothing but poison: each record is a dead letter, and nothing of it stays in memory.
 */
class PoisonTest {
  private static final long NOW = 1_723_161_256_000_000L;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final int RECORDS = 500_000;
  private static final int MESSAGES_A_VENUE = 20;
  private static final int MAX_LENGTH = 1_000;
  private static final long MEGABYTE = 1 << 20;
  private static final byte[] CONTROLS = {0, '\n', 0x1b};

  private final Random random = new Random(7);
  private final List<RawMessage> lines = lines();
  private final byte[] badEvent =
      MarketDataEvent.newBuilder()
          .setExchange("acme")
          .setSymbol("BTCUSDT")
          .setPrice(-1)
          .setVolume(1)
          .setTimestamp(NOW)
          .build()
          .toByteArray();
  private final Map<String, Integer> reasons = new TreeMap<>();

  PoisonTest() throws IOException, DecodeException {}

  @Test
  void everyRecordIsADeadLetterAndTheHeapStaysFlat() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> harness =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeOperator(
                TIME,
                1_000_000,
                1 << 20,
                true,
                "raw-orderbooks",
                new AdmissionRule(1_000, 1, false, InstrumentRegistry.EMPTY),
                false))) {
      harness.open();
      long usedEarly = 0;
      for (int i = 1; i <= RECORDS; i++) {
        harness.processElement(poison(i), 0);
        takeDeadLetter(harness);
        if (i == RECORDS / 4) {
          usedEarly = usedHeap();
        }
      }
      assertThat(usedHeap() - usedEarly).isLessThan(4 * MEGABYTE);
      assertThat(harness.getOutput()).isEmpty();
      assertThat(reasons.keySet())
          .contains(
              "bad-receive-time",
              "malformed-json",
              "malformed-protobuf",
              "message-too-large",
              "no-key",
              "no-venue",
              "price-not-positive",
              "unknown-venue",
              "unrecognised-message");

      RawMessage good = lines.get(0);
      harness.processElement(good.record(3, 99, null), 0);
      assertThat(harness.extractOutputValues()).isNotEmpty();
    }
  }

  private void takeDeadLetter(OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> harness) {
    Queue<StreamRecord<OutputRecord>> letters = harness.getSideOutput(DecodeOperator.DEAD_LETTERS);
    StreamRecord<OutputRecord> letter = letters.poll();
    if (letter == null || !letters.isEmpty()) {
      throw new AssertionError("not one dead letter after " + reasons);
    }
    reasons.merge(letter.getValue().headers().get("reason"), 1, Integer::sum);
  }

  private RawRecord poison(int i) {
    RawMessage line = lines.get(random.nextInt(lines.size()));
    byte[] message = line.bytes();
    int at = random.nextInt(message.length);
    return switch (i % 10) {
      case 0 -> record(line.venue(), line.key(), message, RawRecord.NO_TIME);
      case 1 -> record(line.venue(), null, message, line.receiveTimeUs());
      case 2 -> record("venue-\n" + i, line.key(), message, line.receiveTimeUs());
      case 3 -> record(null, "key-\u001b" + i, message, line.receiveTimeUs());
      case 4 -> {
        int end = random.nextInt(badEvent.length + 1);
        yield record("market-data-event", "K", Arrays.copyOf(badEvent, end), NOW);
      }
      case 5 -> record(line.venue(), "K", unknownFields(i), NOW);
      case 6 -> {
        boolean large = random.nextInt(1_000) == 0;
        yield record(line.venue(), "K", new byte[large ? (1 << 20) + 1 : i % 100], NOW);
      }
      case 7 -> {
        message[at] = CONTROLS[random.nextInt(CONTROLS.length)];
        // A line feed between values is white space.
        message[0] = message[at] == '\n' ? 0 : message[0];
        yield record(line.venue(), line.key(), message, line.receiveTimeUs());
      }
      default -> record(line.venue(), line.key(), Arrays.copyOf(message, at), NOW);
    };
  }

  private static byte[] unknownFields(int i) {
    return "{\"unknown-%d\":%d}".formatted(i, i).getBytes(StandardCharsets.UTF_8);
  }

  private static RawRecord record(String venue, String key, byte[] value, long receiveTimeUs) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new RawRecord("raw-trades", 3, 99, keyBytes, value, venue, receiveTimeUs);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Some messages of each recorded venue, in all their kinds. */
  private static List<RawMessage> lines() throws IOException, DecodeException {
    List<RawMessage> lines = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (Path recording : RecordingFile.all()) {
      RecordingFile.forEach(
          recording,
          line -> {
            if (line.value() != null
                && line.value().length() <= MAX_LENGTH
                && taken.merge(line.venue() + line.topic(), 1, Integer::sum) <= MESSAGES_A_VENUE) {
              lines.add(line);
            }
          });
    }
    return lines;
  }
}
