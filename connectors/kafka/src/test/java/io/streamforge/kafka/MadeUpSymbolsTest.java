package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a producer makes up takes room until the bound, by the log of its partition alone. */
class MadeUpSymbolsTest {
  private static final long START_US = 1_723_161_256_000_000L;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final int PARTITIONS = 4;
  private static final int KEY_GROUPS = 256;

  /** Takes an hour of silence for a reason to forget. */
  private static AdmissionRule rule(int max) {
    return new AdmissionRule(max, 3_600_000_000L, false, InstrumentRegistry.EMPTY);
  }

  private static RawRecord trade(int partition, long offset, int venue, int symbol, long timeUs) {
    String name = "S" + symbol;
    String message =
        "{\"type\":\"trade\",\"venue\":\"v%d\",\"symbol\":\"%s\",\"price\":\"1\",\"quantity\":\"1\",\"side\":\"buy\"}"
            .formatted(venue, name);
    return new RawRecord(
        "raw-trades", partition, offset, bytes(name), bytes(message), "streamforge", timeUs);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Subtasks of the operator, each with the partitions that one number gives it. */
  private static final class Subtasks implements AutoCloseable {
    final List<OneInputStreamOperatorTestHarness<RawRecord, MarketEvent>> subtasks =
        new ArrayList<>();
    final int shift;

    /** By partition what came out, each event and dead letter by its record's offset. */
    final Map<Integer, Map<Long, String>> out;

    Subtasks(
        AdmissionRule rule,
        int parallelism,
        int shift,
        OperatorSubtaskState saved,
        int before,
        Map<Integer, Map<Long, String>> out)
        throws Exception {
      this.shift = shift;
      this.out = out;
      for (int index = 0; index < parallelism; index++) {
        OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
            new OneInputStreamOperatorTestHarness<>(
                new DecodeOperator(TIME, 1_000_000, 1 << 20, true, "raw-orderbooks", rule, false),
                KEY_GROUPS,
                parallelism,
                index);
        if (saved != null) {
          subtask.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  saved, KEY_GROUPS, before, parallelism, index));
        }
        subtask.open();
        subtasks.add(subtask);
      }
    }

    void process(RawRecord record) throws Exception {
      var subtask = subtasks.get((record.partition() + shift) % subtasks.size());
      subtask.processElement(record, record.receiveTimeUs() / 1000);
      Map<Long, String> ofPartition =
          out.computeIfAbsent(record.partition(), number -> new TreeMap<>());
      StringBuilder said = new StringBuilder();
      subtask.extractOutputValues().forEach(event -> said.append(event.instrument().id()));
      subtask.getOutput().clear();
      Queue<StreamRecord<OutputRecord>> letters =
          subtask.getSideOutput(DecodeOperator.DEAD_LETTERS);
      while (letters != null && !letters.isEmpty()) {
        said.append(letters.poll().getValue().headers().get("reason"));
      }
      String before = ofPartition.put(record.offset(), said.toString());
      assertThat(before).isIn(null, said.toString());
    }

    OperatorSubtaskState snapshot() throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
      for (int index = 0; index < states.length; index++) {
        states[index] = subtasks.get(index).snapshot(1, 1);
      }
      return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    @Override
    public void close() throws Exception {
      for (var subtask : subtasks) {
        subtask.close();
      }
    }
  }

  /** Two hours of records in which names come, fall silent and come back. */
  private static List<RawRecord> log(Random random) {
    long[] offsets = new long[PARTITIONS];
    List<RawRecord> log = new ArrayList<>();
    for (int second = 0; second < 7_200; second += 1 + random.nextInt(5)) {
      int partition = random.nextInt(10) == 0 ? 3 : random.nextInt(3); // one is hardly heard of
      int from = second / 60; // who is there changes
      log.add(
          trade(
              partition,
              offsets[partition]++,
              random.nextInt(3),
              from + random.nextInt(40),
              START_US + second * 1_000_000L));
    }
    return log;
  }

  @Test
  void theSameIsTakenAtAnyParallelismAndAfterKills() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<RawRecord> log = log(random);
      Map<Integer, Map<Long, String>> expected = new HashMap<>();
      try (Subtasks alone = new Subtasks(rule(30), 1, 0, null, 1, expected)) {
        for (RawRecord record : log) {
          alone.process(record);
        }
      }
      String all = expected.toString();
      assertThat(all)
          .contains("=too-many-instruments, ", "=, ") // the first of an hour, others
          .containsPattern("=v[0-2]:S1[0-5][0-9]"); // for which there is room at the end
      assertThat(withKills(log, random)).isEqualTo(expected);
    }
  }

  private static Map<Integer, Map<Long, String>> withKills(List<RawRecord> log, Random random)
      throws Exception {
    Map<Integer, Map<Long, String>> out = new HashMap<>();
    OperatorSubtaskState saved = null;
    int savedAt = 0;
    int savedParallelism = 4;
    Subtasks subtasks = new Subtasks(rule(30), 4, 0, null, 4, out);
    try {
      for (int next = 0; next < log.size(); next++) {
        if (random.nextInt(200) == 0) {
          saved = subtasks.snapshot();
          savedAt = next;
          savedParallelism = subtasks.subtasks.size();
        }
        if (random.nextInt(300) == 0) { // what was said since is said again
          subtasks.close();
          int parallelism = 1 + random.nextInt(4);
          subtasks =
              new Subtasks(rule(30), parallelism, random.nextInt(4), saved, savedParallelism, out);
          next = savedAt;
        }
        subtasks.process(log.get(next));
      }
    } finally {
      subtasks.close();
    }
    return out;
  }

  @Test
  void ofAHundredThousandSymbolsOfAsManyVenuesAPartitionTakesItsBound() throws Exception {
    Map<Integer, Map<Long, String>> out = new HashMap<>();
    try (Subtasks subtasks = new Subtasks(rule(5_000), 2, 0, null, 1, out)) {
      for (int symbol = 0; symbol < 100_000; symbol++) {
        int partition = symbol % PARTITIONS;
        subtasks.process(
            trade(partition, symbol / PARTITIONS, symbol, symbol, START_US + symbol * 10L));
      }
    }
    for (Map<Long, String> ofPartition : out.values()) {
      assertThat(ofPartition).hasSize(25_000);
      List<String> said = new ArrayList<>(ofPartition.values());
      assertThat(new HashSet<>(said.subList(0, 5_000)))
          .hasSize(5_000)
          .allMatch(id -> id.startsWith("v"));
      assertThat(said.subList(5_000, 25_000)).containsOnly("too-many-instruments");
    }
  }
}
