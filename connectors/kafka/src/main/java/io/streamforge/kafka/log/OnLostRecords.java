package io.streamforge.kafka.log;

import java.util.Locale;

/** What a job does where Kafka has deleted records before the job has read them. */
public enum OnLostRecords {
  /** It fails at each attempt, and keeps its state. */
  FAIL,
  /** It counts them and goes on behind them, without trust in the books that they may be of. */
  SKIP;

  /** As a setting has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
