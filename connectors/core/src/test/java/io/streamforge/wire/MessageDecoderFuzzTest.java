package io.streamforge.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that a fuzzer makes up, led by the branches that they reach. Not among the usual tests,
 * for which its agent would be a burden:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl connectors test -Dgroups=jazzer -DexcludedGroups=
 * </pre>
 *
 * <p>What it finds it writes to {@code src/test/resources}; without {@code JAZZER_FUZZ} it tries
 * that and the seeds only.
 */
class MessageDecoderFuzzTest {
  private static final int SEEDS_A_TOPIC = 4;
  private static final int MAX_SEED_LENGTH = 1_000;

  /** After all recordings, so that no seed is of the future. */
  private static final long RECEIVED = 1_798_761_600_000_000L;

  private final SoundDecoding decoding = new SoundDecoding();

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3m")
  void anyMessageOfAnyVenue(byte[] message) throws IOException {
    for (String venue : Venues.names()) {
      decoding.check(venue, "KEY", message, RECEIVED);
    }
  }

  static List<byte[]> seeds() throws IOException, DecodeException {
    List<byte[]> seeds = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (Path recording : RecordedLines.all()) {
      RecordedLines.forEach(
          recording,
          line -> {
            if (line.value().length() <= MAX_SEED_LENGTH
                && taken.merge(line.venue() + line.topic(), 1, Integer::sum) <= SEEDS_A_TOPIC) {
              seeds.add(line.bytes());
            }
          });
    }
    seeds.add(
        MarketDataEvent.newBuilder()
            .setExchange("acme")
            .setSymbol("BTCUSDT")
            .setPrice(61837.63)
            .setVolume(0.02)
            .setTimestamp(RECEIVED)
            .build()
            .toByteArray());
    return seeds;
  }
}
