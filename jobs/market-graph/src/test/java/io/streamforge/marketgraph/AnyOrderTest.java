package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.InstrumentsPlayback.Entry;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same input gives the same bytes: whatever the order between topics and partitions, the
 * parallelism, the crashes, and the books that had to leave memory.
 */
class AnyOrderTest {

  /** Else the rest would say little. */
  @Test
  void theSimulatedMarketKnowsEveryTrouble() throws Exception {
    Map<String, String> published =
        InstrumentsPlayback.straight(
            SimulatedMarket.random(new Random(1), 300),
            SimulatedMarket.SETTINGS,
            new HashMapStateBackend());
    assertThat(published.keySet()).anyMatch(record -> record.startsWith("resync"));
    for (BookStatus status : BookStatus.values()) {
      if (status != BookStatus.CHECKSUM_MISMATCH) {
        assertThat(published.values()).anyMatch(r -> r.contains('"' + status.text() + '"'));
      }
    }
  }

  @Test
  void someOfItsTradesComeAgainAndSomeNever() {
    List<Trade> trades = new ArrayList<>();
    for (List<Entry> partition : SimulatedMarket.random(new Random(1), 20)) {
      for (Entry entry : partition) {
        for (MarketEvent event : entry.events()) {
          if (event instanceof Trade trade) {
            trades.add(trade);
          }
        }
      }
    }
    for (TradeIds ids : List.of(TradeIds.CONSECUTIVE, TradeIds.CONSECUTIVE_AGGREGATE)) {
      List<Long> sent =
          trades.stream().filter(t -> t.ids() == ids).map(Trade::id).sorted().toList();
      long distinct = sent.stream().distinct().count();
      assertThat(distinct).isLessThan(sent.size());
      assertThat(distinct).isLessThan(sent.get(sent.size() - 1) - sent.get(0) + 1);
    }
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void theOrderBetweenTopicsAndPartitionsDoesNotMatter(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<List<Entry>> market = SimulatedMarket.random(random, 20);
    compare(market, SimulatedMarket.SETTINGS, SimulatedMarket.SMALL_CACHE, random, 0, false);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void neitherDoCrashesAndParallelism(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<List<Entry>> market = SimulatedMarket.random(random, 20);
    compare(market, SimulatedMarket.SETTINGS, SimulatedMarket.SMALL_CACHE, random, 4, false);
  }

  /** 753: a repeat, the last that was heard of an instrument before a night. */
  @ParameterizedTest
  @ValueSource(longs = 753)
  void norInMarketsThatOnceWentWrong(long seed) throws Exception {
    neitherDoCrashesAndParallelism(seed);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void norInRocksDb(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<List<Entry>> market = SimulatedMarket.random(random, 20);
    compare(market, SimulatedMarket.SETTINGS, SimulatedMarket.SMALL_CACHE, random, 4, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"binance-us-10", "kraken-v1-10"})
  void norForARecordedMarket(String recording) throws Exception {
    List<RawMessage> records = RecordingFile.read(recording);
    List<List<Entry>> market = partitions(records.subList(0, 3000));
    compare(market, RecordedRun.INSTRUMENTS, RecordedRun.SMALL_CACHE, new Random(1), 3, true);
  }

  private static void compare(
      List<List<Entry>> partitions,
      InstrumentSettings settings,
      InstrumentSettings withEvictions,
      Random random,
      int crashes,
      boolean rocksDb)
      throws Exception {
    Map<String, String> expected =
        InstrumentsPlayback.straight(partitions, settings, new HashMapStateBackend());
    Map<String, String> actual =
        InstrumentsPlayback.random(
            partitions,
            withEvictions,
            rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend(),
            random,
            crashes);
    assertThat(expected).isNotEmpty();
    expected.forEach((record, bytes) -> assertThat(actual.get(record)).as(record).isEqualTo(bytes));
    assertThat(actual.keySet()).hasSameSizeAs(expected.keySet());
  }

  /** Two partitions a topic, which all end with the same heartbeat. */
  private static List<List<Entry>> partitions(List<RawMessage> records) throws Exception {
    MessageDecoder decoder = new MessageDecoder(RecordedRun.TIME, 1 << 22);
    List<List<Entry>> partitions =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long newestUs = 0;
    for (RawMessage record : records) {
      List<MarketEvent> events =
          decoder.decode(
              record.venue(),
              record.key(),
              record.value().getBytes(StandardCharsets.UTF_8),
              record.receiveTimeUs());
      partitions
          .get((record.isTrade() ? 2 : 0) + (record.key().hashCode() & 1))
          .add(new Entry(record.receiveTimeUs(), List.copyOf(events)));
      newestUs = Math.max(newestUs, record.receiveTimeUs());
    }
    for (List<Entry> partition : partitions) {
      partition.add(new Entry(newestUs + 3_000_000, List.of()));
    }
    return partitions;
  }
}
