package io.streamforge.loader.venue;

import java.util.List;

/** What a venue says of the connection instead of the market. */
public sealed interface Control {
  /** These subscriptions hold. */
  record Subscribed(List<Subscription> subscriptions) implements Control {}

  /** All subscriptions of a request hold. */
  record RequestAccepted(long id) implements Control {}

  /**
   * A subscription, or a request, is refused.
   *
   * @param id of the request, {@link #NO_ID} if the answer names none
   * @param symbol null if the answer names none
   * @param reason in the venue's words
   */
  record Refused(long id, String symbol, String reason) implements Control {
    /** The answer does not say which request it is about. */
    public static final long NO_ID = -1;
  }

  /** A request for a whole book is answered. */
  record Answered(long id) implements Control {}

  /** The venue will close this connection soon. */
  record Closing(String reason) implements Control {}

  /** Nothing that anybody acts on: a heartbeat, the answer to a ping, a status. */
  record Nothing() implements Control {}

  /** Of a form that the venue's pages do not have. */
  record Unknown() implements Control {}
}
