package io.streamforge.loader.venue;

import java.util.List;

/**
 * A text for the venue that subscribes, or ends subscriptions.
 *
 * @param id by which some venues' answers name it
 */
public record Request(long id, String text, List<Subscription> subscriptions) {}
