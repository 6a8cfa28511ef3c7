package io.streamforge.loader.venue;

import java.net.URI;
import java.util.List;

/**
 * What holds of a venue, whatever is asked of it.
 *
 * @param venue The name that stands in the header {@code venue}.
 * @param socket Where the venue's stream is.
 * @param rest Where the venue answers requests.
 * @param listing The request for what it lists.
 * @param limits What the venue allows.
 * @param depths The depths that a book can be subscribed with, or asked for; levels a side.
 * @param usualDepth The depth where nobody says which.
 * @param usualSymbols Symbols to begin with, where nobody says which.
 */
public record VenueFacts(
    String venue,
    URI socket,
    URI rest,
    VenueListing listing,
    VenueLimits limits,
    List<Integer> depths,
    int usualDepth,
    List<String> usualSymbols) {}
