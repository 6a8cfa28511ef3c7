package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.Settings;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which records each graph rests on, by plain code over the topics in: nothing of it depends on
 * how, or how often, the job has run.
 */
final class ExpectedAuditTrail {
  private static final long SECOND_US = 1_000_000;

  /** By sample and partition, of fewer than ten. */
  private final TreeMap<Long, TreeMap<String, long[]>> samples = new TreeMap<>();

  private final MessageDecoder decoder;

  private ExpectedAuditTrail(Settings settings) {
    decoder = settings.messageDecoder();
  }

  /**
   * Fails unless every record of a graph, repeats too, names its records, and no idle partition:
   * there were heartbeats.
   *
   * @return how many records there were
   */
  static int check(Settings settings) {
    ExpectedAuditTrail trail = new ExpectedAuditTrail(settings);
    try (TopicReader in = reader(settings, "raw-orderbooks", "raw-trades")) {
      do {
        in.poll(trail::add);
      } while (!in.behind().isEmpty());
    }
    int[] graphs = {0};
    try (TopicReader out = reader(settings, "graph-features")) {
      do {
        out.poll(
            graph -> {
              graphs[0]++;
              assertThat(header(graph, "input_offsets"))
                  .as("offsets of %d", graph.timestamp())
                  .isEqualTo(trail.offsets(graph.timestamp() * 1000));
              assertThat(header(graph, "idle_partitions")).isEmpty();
            });
      } while (!out.behind().isEmpty());
    }
    return graphs[0];
  }

  private static TopicReader reader(Settings settings, String... topics) {
    return Topics.reader(settings, List.of(topics));
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      long receivedUs = Long.parseLong(header(record, "receive_time_us"));
      for (MarketEvent event :
          decoder.decode(header(record, "venue"), key, record.value(), receivedUs)) {
        add(record, event.effectiveTimeUs());
      }
    } catch (DecodeException e) {
      throw new IllegalStateException("the recording has a message that cannot be read", e);
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record, long effectiveUs) {
    long sampleUs = effectiveUs - effectiveUs % SECOND_US + SECOND_US;
    long[] range =
        samples
            .computeIfAbsent(sampleUs, time -> new TreeMap<>())
            .computeIfAbsent(
                record.topic() + "/" + record.partition(),
                partition -> new long[] {record.offset(), record.offset()});
    range[0] = Math.min(range[0], record.offset());
    range[1] = Math.max(range[1], record.offset());
  }

  private String offsets(long sampleUs) {
    return samples.getOrDefault(sampleUs, new TreeMap<>()).entrySet().stream()
        .map(e -> "%s:%d-%d".formatted(e.getKey(), e.getValue()[0], e.getValue()[1]))
        .collect(Collectors.joining(","));
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
