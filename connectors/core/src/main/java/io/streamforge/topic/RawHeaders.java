package io.streamforge.topic;

/** Names of the headers of records in the raw topics. */
public final class RawHeaders {
  /** The venue's name. */
  public static final String VENUE = "venue";

  /** The receive time, decimal text, microseconds since the epoch. */
  public static final String RECEIVE_TIME = "receive_time_us";

  /** The trace context, by W3C. */
  public static final String TRACEPARENT = "traceparent";

  /** One writer's session of one book; to be compared for equality alone. */
  public static final String CONNECTION = "connection";

  /** What a record without a value says of its book's feed: {@code disconnected}. */
  public static final String EVENT = "event";

  private RawHeaders() {}
}
