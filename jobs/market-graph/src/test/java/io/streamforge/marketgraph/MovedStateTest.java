package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State goes on after every class of the project was moved to another package: instruments with
 * books, windows and trades, and a graph with samples that wait, in RocksDB.
 */
class MovedStateTest {
  private static final List<Instrument> INSTRUMENTS =
      List.of(new Instrument("acme", "A/USD"), new Instrument("acme", "B/USD"));

  private static final int SAVED_AT = 40;
  private static final int END = 70;

  /**
   * What the state of both operators goes on with, written as records. Found by its name in the
   * moved classes, of which this test knows nothing.
   */
  public static final class GoOn
      implements BiFunction<OperatorSubtaskState, OperatorSubtaskState, List<String>> {
    @Override
    public List<String> apply(OperatorSubtaskState instruments, OperatorSubtaskState graph) {
      try (var first =
              SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, new Saved(instruments, 1));
          var second = SubtaskHarness.graph(RecordedRun.GRAPH, new Saved(graph, 1))) {
        return play(first, second, SAVED_AT, END);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> play(
      SubtaskHarness<MarketEvent, SymbolSample> instruments,
      SubtaskHarness<SymbolSample, OutputRecord> graph,
      int from,
      int to)
      throws Exception {
    List<String> records = new ArrayList<>();
    SymbolFeaturesJson json = new SymbolFeaturesJson(1_000_000);
    json.open(DefaultOpenContext.INSTANCE);
    for (int second = from; second < to; second++) {
      long us = START_US + second * 1_000_000L;
      for (Instrument instrument : INSTRUMENTS) {
        feed(instruments, instrument, second, us);
      }
      instruments.completeUntil(us + 1_000_000);
      for (SymbolSample sample : instruments.take()) {
        records.add(new String(json.map(sample).value(), StandardCharsets.UTF_8));
        graph.process(sample);
      }
      graph.completeUntil(us); // those of the last second wait
      for (OutputRecord record : graph.take()) {
        records.add(new String(record.value(), StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  private static void feed(
      SubtaskHarness<MarketEvent, SymbolSample> instruments,
      Instrument instrument,
      int second,
      long us)
      throws Exception {
    int move = 1 + (second * second + instrument.symbol().charAt(0)) % 17;
    if (second == 0) {
      instruments.process(snapshot().of(instrument).bid("98", "1").ask("102", "1").at(us).build());
    }
    String quantity = second % 2 == 0 ? "1.5" : "0";
    instruments.process(
        delta().of(instrument).bid("99." + move, quantity).at(us + 100_000).build());
    instruments.process(
        new Trade(
            instrument,
            TradeIds.CONSECUTIVE,
            second,
            9900 + move,
            2,
            1 + move,
            1,
            Side.BUY,
            us + 200_000,
            us + 200_000));
  }

  @Test
  void stateGoesOnInOtherPackages(@TempDir Path folder) throws Exception {
    Saved instrumentState;
    Saved graphState;
    List<String> expected;
    try (var instruments = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, Saved.NOTHING);
        var graph = SubtaskHarness.graph(RecordedRun.GRAPH, Saved.NOTHING)) {
      play(instruments, graph, 0, SAVED_AT);
      instrumentState = Saved.of(List.of(instruments));
      graphState = Saved.of(List.of(graph));
      expected = play(instruments, graph, SAVED_AT, END);
    }
    assertThat(expected).hasSize((END - SAVED_AT) * (INSTRUMENTS.size() + 1));
    assertThat(new GoOn().apply(instrumentState.state(), graphState.state())).isEqualTo(expected);

    Class<?> moved = new MovedClasses(folder).loadClass(MovedClasses.moved(GoOn.class));
    assertThat(moved.getName()).isEqualTo("org.moved.marketgraph.MovedStateTest$GoOn");
    @SuppressWarnings("unchecked")
    var goOn =
        (BiFunction<OperatorSubtaskState, OperatorSubtaskState, List<String>>)
            moved.getConstructor().newInstance();
    assertThat(goOn.apply(instrumentState.state(), graphState.state())).isEqualTo(expected);
  }
}
