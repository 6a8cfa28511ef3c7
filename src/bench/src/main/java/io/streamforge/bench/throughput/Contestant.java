package io.streamforge.bench.throughput;

import io.streamforge.bench.throughput.flink.FlinkRun;
import io.streamforge.bench.throughput.plain.ConsumerRun;
import io.streamforge.bench.throughput.streams.StreamsRun;
import io.streamforge.testkit.feed.RunTopics;
import java.util.Map;

/** Who takes part, in the order of a round. */
public enum Contestant {
  L0(false, "decode, apply, sample: a loop in memory", null),
  L1(
      false,
      "L0 behind a Kafka consumer and producer",
      (topics, settings) -> new ConsumerRun(topics)),
  OURS(false, "the job", FlinkRun::ours),
  EVENTS(false, "the job, with market-events", FlinkRun::withEvents),
  F0(true, "Flink as its documentation has it", (topics, settings) -> FlinkRun.idiomatic(topics)),
  KS(true, "Kafka Streams", (topics, settings) -> new StreamsRun(topics));

  /**
   * Starts a contestant in this JVM; settings are those of the job, with their prefix, and Flink.
   */
  interface Start {
    AutoCloseable between(RunTopics topics, Map<String, String> settings) throws Exception;
  }

  /** Whether it puts out the core alone: no graph, twelve features of a symbol. */
  final boolean core;

  final String description;

  /** Null for L0, which has no topics. */
  final Start start;

  Contestant(boolean core, String description, Start start) {
    this.core = core;
    this.description = description;
    this.start = start;
  }
}
