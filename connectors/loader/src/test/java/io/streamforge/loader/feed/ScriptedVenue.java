package io.streamforge.loader.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.TopicConfig;
import io.streamforge.loader.net.Network;
import io.streamforge.loader.net.Socket;
import io.streamforge.loader.net.SocketListener;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.loader.watch.LoaderMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A feed whose venue is played by hand, message by message. */
final class ScriptedVenue implements AutoCloseable {
  /** One connection. */
  static final class Wire implements Socket {
    private final SocketListener listener;
    final List<String> texts = new ArrayList<>();
    boolean ended;

    Wire(SocketListener listener) {
      this.listener = listener;
    }

    @Override
    public void send(String text) {
      texts.add(text);
    }

    @Override
    public void abort(String reason) {
      if (!ended) {
        ended = true;
        listener.closed(new SocketListener.Closure(reason, 0));
      }
    }
  }

  /** A request for a book. */
  record Asked(URI address, Consumer<Network.Answer> then) {}

  private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
  private final List<Wire> wires = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<Asked> listings = new ArrayList<>();
  final WrittenRecords written = new WrittenRecords();
  private final LiveFeed feed;

  ScriptedVenue(String venue, int lines, String... symbols) {
    FeedConfig usual = FeedConfig.of(venue, List.of(symbols));
    FeedConfig config =
        new FeedConfig(
            venue,
            usual.symbols(),
            usual.channels(),
            usual.depth(),
            lines,
            null,
            null,
            usual.idleTimeout());
    feed =
        new LiveFeed(
            new FeedContext(
                VenueFeeds.of("venue", venue),
                config,
                TopicConfig.USUAL,
                written,
                ReceiveClock.ofMachine(),
                new SessionNames(),
                new LoaderMetrics(new PrometheusRegistry()),
                loop,
                new Network() {
                  @Override
                  public void open(URI address, SocketListener listener) {
                    Wire wire = new Wire(listener);
                    wires.add(wire);
                    listener.opened(wire);
                  }

                  @Override
                  public void get(URI address, Consumer<Answer> then) {
                    (isListing(address) ? listings : asked).add(new Asked(address, then));
                  }
                },
                RandomGenerator.getDefault(),
                Duration.ofMillis(200)),
            1 << 20);
    feed.start();
  }

  private static boolean isListing(URI address) {
    return address.getPath().endsWith("exchangeInfo");
  }

  /** Answers the next request for what the venue lists. */
  void list(String... symbols) {
    String entries =
        Stream.of(symbols)
            .map("{\"symbol\":\"%s\",\"status\":\"TRADING\"}"::formatted)
            .collect(joining(","));
    int next = listings.size() + 1;
    await().until(() -> listings.size() >= next);
    answer(listings.get(next - 1), "{\"symbols\":[" + entries + "]}");
  }

  /** Does something on the feed's thread. */
  void run(Runnable what) {
    try {
      loop.submit(what).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The connections so far, once there are so many. */
  Wire wire(int number) {
    await().until(() -> wires.size() >= number);
    return wires.get(number - 1);
  }

  long openWires() {
    return wires.stream().filter(wire -> !wire.ended).count();
  }

  void bring(Wire wire, String text) {
    run(() -> wire.listener.message(text.getBytes(UTF_8)));
  }

  void cut(Wire wire) {
    run(() -> wire.abort("cut"));
  }

  /** The requests for books so far, once there are so many. */
  Asked asked(int number) {
    await().until(() -> asked.size() >= number);
    return asked.get(number - 1);
  }

  int requests() {
    return asked.size();
  }

  void answer(Asked request, String body) {
    run(() -> request.then().accept(new Network.Answer(200, body.getBytes(UTF_8), 0, 0, null)));
  }

  @Override
  public void close() {
    loop.shutdownNow();
  }
}
