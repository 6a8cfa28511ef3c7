package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.InstrumentSpec.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReferenceRatesOperatorTest {
  private static final String BTC_EUR = "acme:BTC/EUR";
  private static final String ETH_USD = "acme:ETH/USD";
  private static final String LTC_BTC = "acme:LTC/BTC";
  private static final String UNI_BTC = "acme:UNI/BTC";
  private static final String UNI_ETH = "acme:UNI/ETH";
  private static final List<String> IDS = List.of(BTC_EUR, ETH_USD, LTC_BTC, UNI_BTC, UNI_ETH);

  private static final InstrumentRegistry REGISTRY =
      new InstrumentRegistry(
          Map.of(
              BTC_EUR, new InstrumentSpec("BTC", "EUR", Kind.SPOT, 1, 1.25),
              ETH_USD, new InstrumentSpec("ETH", "USD", Kind.SPOT, 1, 1),
              LTC_BTC, new InstrumentSpec("LTC", "BTC", Kind.SPOT, 1, 50_000, BTC_EUR, Double.NaN),
              UNI_BTC, new InstrumentSpec("UNI", "BTC", Kind.SPOT, 1, 50_000, BTC_EUR, Double.NaN),
              UNI_ETH, new InstrumentSpec("UNI", "ETH", Kind.SPOT, 1, 4000, ETH_USD, Double.NaN)));

  private static final int SECONDS = 12;

  private static final int LOG_DEPTH = NodeFeatures.NAMES.indexOf("log_depth_10bps");
  private static final int LOG_VOLUME = NodeFeatures.NAMES.indexOf("log_quote_volume");
  private static final int KYLE = NodeFeatures.NAMES.indexOf("kyle_lambda_1m");
  private static final int AMIHUD = NodeFeatures.NAMES.indexOf("amihud_1m");

  private static long us(int second) {
    return START_US + second * 1_000_000L;
  }

  /** A sample whose features are all 3, measured in quote units. */
  private static SymbolSample sample(int second, String id, double mid) {
    double[] features = new double[NodeFeatures.NAMES.size()];
    Arrays.fill(features, 3);
    return new SymbolSample(
        Instrument.ofId(id), us(second), BookStatus.LIVE, 7, mid, 0, features, List.of());
  }

  /** One subtask. */
  private static final class Subtask implements AutoCloseable {
    private final TwoInputStreamOperatorTestHarness<SymbolSample, SymbolSample, SymbolSample>
        harness;

    /** {@code saved} of so many subtasks, null for none. */
    Subtask(OperatorSubtaskState saved, int savedParallelism, int parallelism, int index)
        throws Exception {
      harness =
          new TwoInputStreamOperatorTestHarness<>(
              new ReferenceRatesOperator(REGISTRY), SubtaskHarness.KEY_GROUPS, parallelism, index);
      harness.setup(new SymbolSampleSerializer());
      if (saved != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                saved, SubtaskHarness.KEY_GROUPS, savedParallelism, parallelism, index));
      }
      harness.open();
    }

    void sample(SymbolSample sample) throws Exception {
      harness.processElement1(new StreamRecord<>(sample, sample.timeUs() / 1000 - 1));
    }

    void rate(SymbolSample sample) throws Exception {
      harness.processElement2(new StreamRecord<>(sample, sample.timeUs() / 1000 - 1));
    }

    void complete1(int second) throws Exception {
      harness.processWatermark1(new Watermark(us(second) / 1000 - 1));
    }

    void complete2(int second) throws Exception {
      harness.processWatermark2(new Watermark(us(second) / 1000 - 1));
    }

    /** What came out since the last call, with the watermarks. */
    List<Object> take() {
      List<Object> taken = new ArrayList<>();
      for (Object element : harness.getOutput()) {
        if (element instanceof StreamRecord<?> record) {
          SymbolSample sample = (SymbolSample) record.getValue();
          assertThat(record.getTimestamp()).isEqualTo(sample.timeUs() / 1000 - 1);
          taken.add(sample);
        } else {
          taken.add(element);
        }
      }
      harness.getOutput().clear();
      return taken;
    }

    long stateSize() throws Exception {
      return harness.snapshot(1, 1).getStateSize();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private static Subtask alone() throws Exception {
    return new Subtask(null, 1, 1, 0);
  }

  private static void isAtRate(Object published, String id, int second, double rate) {
    SymbolSample sample = (SymbolSample) published;
    assertThat(sample.instrument().id()).isEqualTo(id);
    assertThat(sample.timeUs()).isEqualTo(us(second));
    double[] expected = new double[NodeFeatures.NAMES.size()];
    Arrays.fill(expected, 3);
    expected[LOG_DEPTH] = StrictMath.log(3 * rate);
    expected[LOG_VOLUME] = StrictMath.log(1 + 3 * rate);
    expected[KYLE] = 3 * (1e10 / rate);
    expected[AMIHUD] = 3 * (1e10 / rate);
    assertThat(sample.features()).containsExactly(expected);
  }

  /** 40 000 € at 1.25 $ are 50 000 $; a second later 41 000 € are 51 250 $. */
  @Test
  void aSampleIsAtTheMidAsOfItsOwnTime() throws Exception {
    try (Subtask subtask = alone()) {
      subtask.rate(sample(2, BTC_EUR, 41_000));
      subtask.sample(sample(1, LTC_BTC, 0.004));
      subtask.sample(sample(2, LTC_BTC, 0.004));
      subtask.complete1(2);
      subtask.rate(sample(1, BTC_EUR, 40_000));
      assertThat(subtask.take()).isEmpty();
      subtask.complete2(1);
      List<Object> first = subtask.take();
      assertThat(first).hasSize(2);
      isAtRate(first.get(0), LTC_BTC, 1, 50_000);
      assertThat(first.get(1)).isEqualTo(new Watermark(us(1) / 1000 - 1));
      subtask.complete2(2);
      isAtRate(subtask.take().get(0), LTC_BTC, 2, 51_250);
    }
  }

  @Test
  void aSampleIsHeldUntilTheLastMillisecondBeforeItsTimeIsComplete() throws Exception {
    try (Subtask subtask = alone()) {
      subtask.sample(sample(1, UNI_ETH, 0.01));
      subtask.rate(sample(1, ETH_USD, 2000));
      subtask.complete1(1);
      Watermark oneBefore = new Watermark(us(1) / 1000 - 2);
      subtask.harness.processWatermark2(oneBefore);
      assertThat(subtask.take()).containsExactly(oneBefore);
      subtask.complete2(1);
      isAtRate(subtask.take().get(0), UNI_ETH, 1, 2000);
    }
  }

  @Test
  void samplesWithAFixedRatePassAtOnceAsTheyAre() throws Exception {
    try (Subtask subtask = alone()) {
      SymbolSample listed = sample(1, BTC_EUR, 40_000);
      SymbolSample unlisted = sample(1, "acme:DOGE/USD", 0.1);
      subtask.sample(listed);
      subtask.sample(unlisted);
      assertThat(subtask.take()).containsExactly(listed, unlisted);
    }
  }

  /** Neither the mid of a book that is not live nor one of another time is a rate. */
  @Test
  void withoutAMidThereIsNoRate() throws Exception {
    try (Subtask subtask = alone()) {
      subtask.rate(sample(1, BTC_EUR, 40_000));
      subtask.rate(sample(2, BTC_EUR, Double.NaN));
      for (int second = 1; second <= 3; second++) {
        subtask.sample(sample(second, UNI_BTC, 0.0001));
      }
      subtask.complete1(3);
      subtask.complete2(3);
      List<Object> published = subtask.take();
      isAtRate(published.get(0), UNI_BTC, 1, 50_000);
      isAtRate(published.get(1), UNI_BTC, 2, Double.NaN);
      isAtRate(published.get(2), UNI_BTC, 3, Double.NaN);
    }
  }

  @Test
  void theFinalWatermarkPublishesNothing() throws Exception {
    try (Subtask subtask = alone()) {
      subtask.sample(sample(1, UNI_BTC, 0.0001));
      subtask.harness.processWatermark1(Watermark.MAX_WATERMARK);
      subtask.harness.processWatermark2(Watermark.MAX_WATERMARK);
      assertThat(subtask.take()).containsExactly(Watermark.MAX_WATERMARK);
    }
  }

  @Test
  void nothingStaysOfWhatWasPublished() throws Exception {
    try (Subtask subtask = alone()) {
      subtask.sample(sample(1, UNI_BTC, 0.0001));
      subtask.rate(sample(1, BTC_EUR, 40_000));
      subtask.complete1(1);
      subtask.complete2(1);
      try (Subtask empty = alone()) {
        assertThat(subtask.stateSize()).isEqualTo(empty.stateSize());
      }
    }
  }

  /**
   * The operator between subtasks of {@code instruments}, each of which sends samples and
   * watermarks in order of time; every channel is read at its own pace. A checkpoint's barrier
   * comes anywhere among them, and after it the job goes on at another parallelism.
   */
  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void neitherPaceNorCrashesNorParallelismMatter(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<SymbolSample> market = randomMarket(random);
    Map<String, SymbolSample> expected = plainly(market);
    List<SymbolSample> published = new ArrayList<>();
    List<SymbolSample> left = market;
    OperatorSubtaskState saved = null;
    int savedParallelism = 1;
    for (boolean atTheEnd = false; !atTheEnd; ) {
      atTheEnd = random.nextInt(4) == 0;
      int parallelism = 1 + random.nextInt(3);
      try (Run run = new Run(saved, savedParallelism, parallelism)) {
        left = run.send(left, atTheEnd, random);
        run.deliver(random, published);
        saved = run.snapshot();
        savedParallelism = parallelism;
      }
    }
    assertThat(published).hasSize(market.size());
    for (SymbolSample sample : published) {
      SymbolSample same = expected.get(sample.timeUs() + sample.instrument().id());
      assertThat(sample.features()).containsExactly(same.features());
    }
  }

  private static List<SymbolSample> randomMarket(Random random) {
    List<SymbolSample> market = new ArrayList<>();
    for (int second = 1; second <= SECONDS; second++) {
      for (String id : IDS) {
        if (random.nextInt(5) > 0) {
          double mid = random.nextInt(5) > 0 ? 1 + random.nextDouble() : Double.NaN;
          market.add(sample(second, id, mid));
        }
      }
    }
    return market;
  }

  private static Map<String, SymbolSample> plainly(List<SymbolSample> market) {
    Map<String, Double> mids = new TreeMap<>();
    market.forEach(sample -> mids.put(sample.timeUs() + sample.instrument().id(), sample.mid()));
    Map<String, SymbolSample> expected = new TreeMap<>();
    for (SymbolSample sample : market) {
      String from = REGISTRY.of(sample.instrument()).rateFrom();
      double mid = mids.getOrDefault(sample.timeUs() + from, Double.NaN);
      double rate = BTC_EUR.equals(from) ? mid * 1.25 : mid;
      expected.put(
          sample.timeUs() + sample.instrument().id(), from == null ? sample : sample.at(rate));
    }
    return expected;
  }

  /**
   * From one start to the next: channels that hold samples, and the second a watermark completes.
   */
  private static final class Run implements AutoCloseable {
    private final List<Subtask> subtasks = new ArrayList<>();
    private final List<ArrayDeque<Object>> forward = new ArrayList<>();
    private final List<List<ArrayDeque<Object>>> broadcast = new ArrayList<>();
    private final int[][] complete; // by reader and sender

    Run(OperatorSubtaskState saved, int savedParallelism, int parallelism) throws Exception {
      complete = new int[parallelism][parallelism];
      for (int i = 0; i < parallelism; i++) {
        subtasks.add(new Subtask(saved, savedParallelism, parallelism, i));
        forward.add(new ArrayDeque<>());
        List<ArrayDeque<Object>> senders = new ArrayList<>();
        for (int sender = 0; sender < parallelism; sender++) {
          senders.add(new ArrayDeque<>());
        }
        broadcast.add(senders);
      }
    }

    /**
     * Each sender sends its samples and watermarks, to the end or as far as a barrier somewhere.
     *
     * @return the samples that are left
     */
    List<SymbolSample> send(List<SymbolSample> samples, boolean toTheEnd, Random random) {
      List<SymbolSample> left = new ArrayList<>();
      for (int sender = 0; sender < subtasks.size(); sender++) {
        int from = sender;
        List<Object> log = log(sender, samples);
        int barrier = toTheEnd ? log.size() : random.nextInt(log.size());
        log.subList(0, barrier).forEach(element -> put(from, element));
        for (Object element : log.subList(barrier, log.size())) {
          if (element instanceof SymbolSample sample) {
            left.add(sample);
          }
        }
      }
      left.sort(Comparator.comparingLong(SymbolSample::timeUs));
      return left;
    }

    private List<Object> log(int sender, List<SymbolSample> samples) {
      List<Object> log = new ArrayList<>();
      for (int second = 1; second <= SECONDS; second++) {
        for (SymbolSample sample : samples) {
          int owner = Math.floorMod(sample.instrument().hashCode(), subtasks.size());
          if (owner == sender && sample.timeUs() == us(second)) {
            log.add(sample);
          }
        }
        log.add(second);
      }
      return log;
    }

    private void put(int sender, Object element) {
      forward.get(sender).add(element);
      if (element instanceof Integer
          || REGISTRY.rateInstruments().contains(((SymbolSample) element).instrument().id())) {
        broadcast.forEach(reader -> reader.get(sender).add(element));
      }
    }

    /** Reads all channels to their ends, in an order that is chance. */
    void deliver(Random random, List<SymbolSample> published) throws Exception {
      int count = subtasks.size();
      for (boolean open = true; open; ) {
        int reader = random.nextInt(count);
        int channel = random.nextInt(count + 1);
        if (channel < count) {
          read2(reader, channel);
        } else {
          read1(reader);
        }
        for (Object out : subtasks.get(reader).take()) {
          if (out instanceof SymbolSample sample) {
            published.add(sample);
          }
        }
        open =
            forward.stream().anyMatch(c -> !c.isEmpty())
                || broadcast.stream().flatMap(List::stream).anyMatch(c -> !c.isEmpty());
      }
    }

    private void read1(int reader) throws Exception {
      Object element = forward.get(reader).poll();
      if (element instanceof SymbolSample sample) {
        subtasks.get(reader).sample(sample);
      } else if (element instanceof Integer second) {
        subtasks.get(reader).complete1(second);
      }
    }

    private void read2(int reader, int sender) throws Exception {
      Object element = broadcast.get(reader).get(sender).poll();
      if (element instanceof SymbolSample sample) {
        subtasks.get(reader).rate(sample);
      } else if (element instanceof Integer second) {
        int before = Arrays.stream(complete[reader]).min().orElseThrow();
        complete[reader][sender] = second;
        int after = Arrays.stream(complete[reader]).min().orElseThrow();
        if (after > before) {
          subtasks.get(reader).complete2(after);
        }
      }
    }

    OperatorSubtaskState snapshot() throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (Subtask subtask : subtasks) {
        states.add(subtask.harness.snapshot(1, 1));
      }
      return AbstractStreamOperatorTestHarness.repackageState(
          states.toArray(OperatorSubtaskState[]::new));
    }

    @Override
    public void close() throws Exception {
      for (Subtask subtask : subtasks) {
        subtask.close();
      }
    }
  }
}
