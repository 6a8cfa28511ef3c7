package io.streamforge.wire;

/**
 * A message that cannot be used. The reason is one of our own short texts, never a piece of the
 * message, so that it can stand in headers, metrics and logs.
 */
public final class DecodeException extends Exception {

  public DecodeException(String reason) {
    super(reason, null, false, false); // no stack trace: a feed of garbage must stay cheap
  }

  /** Why, for example {@code malformed-json}. */
  public String reason() {
    return getMessage();
  }
}
