package io.streamforge.window;

/** What windows are indexed by; in stored state they stand in this order. */
public enum Grid {
  SAMPLE(0),
  TEN_SECONDS(1),
  MINUTE(2),
  TEN_MINUTES(3),
  VOLUME_BUCKET(4);

  private final int code;

  Grid(int code) {
    this.code = code;
  }

  /** What stands for it in stored state. */
  int code() {
    return code;
  }
}
