package io.streamforge.loader.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.loader.net.Network.Answer;
import io.streamforge.loader.venue.VenueListing;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a venue now and then which symbols it lists: those that a pattern of the feed matches are
 * subscribed, and those that it lists no more are ended. For the feed's thread; answers, which may
 * be large, are read on another.
 */
final class Listings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final FeedContext context;
  private final SymbolChanges changes;
  private final RestPause pause;
  private Set<String> before = Set.of();
  private boolean known;

  /** Is told what changes. */
  interface SymbolChanges {
    void listed(String symbol);

    void delisted(String symbol);
  }

  Listings(FeedContext context, SymbolChanges changes, RestPause pause) {
    this.pause = pause;
    this.context = context;
    this.changes = changes;
  }

  /** Whether the venue has said once what it lists. */
  boolean isKnown() {
    return known;
  }

  /** Asks, now and from now on. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
  void start() {
    long everyMs = context.listEvery().toMillis();
    context.loop().scheduleWithFixedDelay(this::ask, 0, everyMs, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    if (pause.holds()) {
      return;
    }
    URI base = context.config().requests();
    URI address = base.resolve(context.venue().facts().listing().path());
    context.network().get(address, this::answered);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // tells the feed's thread what it came to
  private void answered(Answer answer) {
    pause.note(answer);
    if (answer.failure() != null || answer.status() != OK) {
      failed(answer.failure() == null ? "HTTP " + answer.status() : answer.failure());
      return;
    }
    CompletableFuture.supplyAsync(() -> symbols(answer.body()))
        .thenAcceptAsync(this::compare, context.loop());
  }

  private List<String> symbols(byte[] body) {
    VenueListing listing = context.venue().facts().listing();
    try {
      return listing.symbols(JSON.readTree(body));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** An answer without a symbol says nothing of those that were listed. */
  private void compare(List<String> symbols) {
    if (symbols.isEmpty()) {
      failed("it lists nothing that can be read");
      return;
    }
    Set<String> now = new HashSet<>(symbols);
    for (String gone : new TreeSet<>(before)) {
      if (!now.contains(gone) && context.config().covers(gone)) {
        context.watch().listed(context.venue().venue(), gone, false);
        changes.delisted(gone);
      }
    }
    for (String symbol : new TreeSet<>(now)) {
      if (!before.contains(symbol) && context.config().covers(symbol)) {
        if (known) { // the first answer brings all of them
          context.watch().listed(context.venue().venue(), symbol, true);
        }
        changes.listed(symbol);
      }
    }
    before = now;
    known = true;
  }

  private void failed(String reason) {
    context.watch().listingFailed(context.venue().venue(), reason);
  }
}
