package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All venues at once, each with a fault every half minute: {@code ./streamforge soak loader}. */
@Tag("soak")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class LoaderSoakTest {
  private static final Path REPORT = Path.of("..", "..", "target", "soak", "loader.json");
  private static final int DAY_SECONDS = 90;

  private static final Map<String, String> RECORDINGS =
      Map.ofEntries(
          Map.entry("binance-coinm", "binance-coinm-btc-eth-60s"),
          Map.entry("binance-us", "binance-us-10"),
          Map.entry("bitget-spot", "okx-10"),
          Map.entry("bitstamp", "bitstamp-10"),
          Map.entry("bybit-linear", "bybit-6"),
          Map.entry("bybit-spot", "bybit-6"),
          Map.entry("coinbase", "coinbase-2"),
          Map.entry("coinbase-pro", "coinbase-pro-10"),
          Map.entry("gemini", "gemini-10"),
          Map.entry("kraken", "kraken-v2-btc"),
          Map.entry("okx", "okx-10"));

  @TempDir private Path folder;

  @Test
  void allVenuesAtOnce() throws Exception {
    int minutes = Integer.getInteger("soak.minutes", 60);
    long seed = Long.getLong("soak.seed", 1);
    List<VenueOfManyDays> venues = new ArrayList<>();
    for (Map.Entry<String, String> each : RECORDINGS.entrySet()) {
      venues.add(new VenueOfManyDays(each.getValue(), each.getKey(), folder, DAY_SECONDS, seed++));
    }
    long begun = System.nanoTime();
    long until = begun + TimeUnit.MINUTES.toNanos(minutes);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<CompletableFuture<Void>> runs = new ArrayList<>();
    for (VenueOfManyDays venue : venues) {
      runs.add(CompletableFuture.runAsync(() -> run(venue, until), threads));
    }
    long third = usedAfter(begun + TimeUnit.MINUTES.toNanos(minutes) / 3);
    long end = usedAfter(until);
    CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).join();
    threads.shutdown();
    venues.forEach(VenueOfManyDays::close);
    report(venues, third, end);
    assertThat(venues).allSatisfy(venue -> assertThat(venue.days()).isPositive());
    assertThat(end).as("bytes after collection at the end").isLessThan(third * 3 / 2);
  }

  private static void run(VenueOfManyDays venue, long until) {
    try {
      venue.run(until);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the heap after a collection, at a time. */
  private static long usedAfter(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void report(List<VenueOfManyDays> venues, long third, long end)
      throws IOException {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("seed", Long.getLong("soak.seed", 1));
    said.put(
        "result",
        "no book live and wrong; the heap after a third and at the end %.0f and %.0f MB"
            .formatted(third / 1e6, end / 1e6));
    said.put("venues", venues.stream().map(VenueOfManyDays::said).toList());
    Files.createDirectories(REPORT.getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(REPORT.toFile(), said);
  }
}
