package io.streamforge.testkit.exchange;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.market.MarketClock;
import io.streamforge.testkit.exchange.market.PlayedMarket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A venue on 127.0.0.1 that plays a recording to whoever subscribes: WebSocket and REST on one
 * port. It minds the venue's rules, and can be made to fail. One thread does all of it, so that
 * what clients are sent has one order.
 */
public final class FakeExchange implements AutoCloseable {
  /** How many messages are played before what clients asked for meanwhile is answered. */
  private static final int TURN = 50;

  private final List<ExchangeSession> sessions = new CopyOnWriteArrayList<>();
  private final ExchangeLog log = new ExchangeLog();
  private final ExchangeThread thread = new ExchangeThread(log);
  private final ExchangeFaults faults = new ExchangeFaults(this);
  private final MarketClock clock;
  private final PlayedMarket market;
  private final ExchangeFloor floor;
  private final ExchangeProtocol protocol;
  private final ExchangeServer server;
  private volatile boolean ended;

  private FakeExchange(
      Function<ExchangeFloor, ExchangeProtocol> protocol,
      List<RawMessage> recording,
      ExchangeSetup setup) {
    clock = new MarketClock(recording.get(0).receiveTimeUs(), setup.speed(), setup.today());
    market = new PlayedMarket(recording);
    floor = new ExchangeFloor(setup, clock, market, faults, log, this::run);
    this.protocol = protocol.apply(floor);
    server = new ExchangeServer(this, setup.tls(), setup.port());
    thread.everySecond(() -> sessions.forEach(ExchangeSession::everySecond));
  }

  /**
   * Starts a venue.
   *
   * @param protocol what the venue speaks
   * @param recording messages of that venue, in order of receive time
   * @throws IllegalArgumentException if the recording is not as said
   * @throws java.io.UncheckedIOException if its port cannot be had
   */
  public static FakeExchange start(
      String venue,
      Function<ExchangeFloor, ExchangeProtocol> protocol,
      List<RawMessage> recording,
      ExchangeSetup setup) {
    long newest = Long.MIN_VALUE;
    for (RawMessage message : recording) {
      if (!venue.equals(message.venue()) || message.value() == null) {
        throw new IllegalArgumentException(
            "a message is of " + message.venue() + ", it has to be a text of " + venue);
      }
      if (message.receiveTimeUs() < newest) {
        throw new IllegalArgumentException(
            "a message of " + message.receiveTimeUs() + " µs stands after one of " + newest);
      }
      newest = message.receiveTimeUs();
    }
    if (recording.isEmpty()) {
      throw new IllegalArgumentException("the recording is empty, it needs one message at least");
    }
    return new FakeExchange(protocol, List.copyOf(recording), setup);
  }

  /** The venue's base URL of WebSockets, without any subscription. */
  public URI webSocket() {
    return URI.create(
        (server.certificate() == null ? "ws" : "wss")
            + "://localhost:"
            + server.port()
            + protocol.webSocketPath());
  }

  /** The venue's base URL of REST. */
  public URI rest() {
    String scheme = server.certificate() == null ? "http" : "https";
    return URI.create(scheme + "://localhost:" + server.port());
  }

  /** The certificate to trust, as PEM; null without TLS. */
  public Path certificate() {
    return server.certificate();
  }

  /** The market's time, as the venue shows it: microseconds since the epoch. */
  public long clockUs() {
    return clock.shownUs();
  }

  /** Lets the market's time run, which stood at the time of the first message. */
  public void play() {
    thread.call(this::run);
  }

  /** Whether the whole recording has been played. */
  public boolean ended() {
    return ended;
  }

  /** What can be made to go wrong. */
  public ExchangeFaults faults() {
    return faults;
  }

  /** What clients did against the venue's rules, in words, the newest 10,000. */
  public List<String> violations() {
    return log.violations();
  }

  /** How many WebSockets have been opened so far. */
  public int connects() {
    return log.connects();
  }

  /** How many WebSockets are open. */
  public int connections() {
    return sessions.size();
  }

  /** The texts that clients sent, in order, the newest 10,000. */
  public List<String> received() {
    return log.received();
  }

  /** How many REST requests came so far. */
  public int restRequests() {
    return log.restRequests();
  }

  /** Ends every connection and gives the port back. */
  @Override
  public void close() {
    thread.close();
    server.close();
  }

  private void run() {
    if (!clock.runs()) {
      clock.run();
      thread.later(this::advance);
    }
  }

  /** Plays what is due, and comes back when more is. */
  private void advance() {
    for (int i = 0; i < TURN; i++) {
      RawMessage next = market.next();
      if (next == null) {
        ended = true;
        return;
      }
      long wait = clock.nanosUntil(next.receiveTimeUs());
      if (wait > 0) {
        thread.after(Duration.ofNanos(wait), this::advance);
        return;
      }
      market.pass();
      send(next);
    }
    thread.later(this::advance);
  }

  private void send(RawMessage message) {
    List<Runnable> sends = new ArrayList<>();
    boolean spoils = false;
    boolean repeats = false;
    for (int i = 0; i < sessions.size(); i++) {
      ExchangeSession session = sessions.get(i);
      String text = floor.listed().contains(message.key()) ? session.data(message) : null;
      if (text == null) {
        continue;
      }
      if (sends.isEmpty()) {
        if (faults.losesData()) {
          numberForOthers(message, i + 1);
          return;
        }
        spoils = faults.spoilsData();
        repeats = faults.repeatsData();
      }
      boolean newest = i == sessions.size() - 1;
      if (newest && faults.losesDataOfNewest()) {
        continue;
      }
      sends.add(sending(session.connection(), text, spoils, repeats));
    }
    sends.forEach(Runnable::run);
  }

  /** A lost message counts in the numbers of every connection that should have had it. */
  private void numberForOthers(RawMessage message, int from) {
    for (ExchangeSession other : sessions.subList(from, sessions.size())) {
      other.data(message);
    }
  }

  private static Runnable sending(
      ClientConnection connection, String text, boolean spoils, boolean repeats) {
    return () -> {
      if (spoils) {
        connection.send(text.substring(0, text.length() / 2));
      } else {
        connection.sendData(text);
        if (repeats) {
          connection.sendData(text);
        }
      }
    };
  }

  // What follows is for the other classes of the exchange.

  ExchangeThread thread() {
    return thread;
  }

  List<ExchangeSession> sessions() {
    return sessions;
  }

  void list(String symbol, boolean listed) {
    if (listed ? floor.listed().add(symbol) : floor.listed().remove(symbol)) {
      sessions.forEach(session -> session.listing(symbol, listed));
    }
  }

  void acceptsNobody(boolean nobody) {
    server.listen(!nobody);
  }

  /** Why a WebSocket is refused; null if it is not. */
  RestAnswer refusal(QueryStringDecoder uri) {
    RestAnswer answer = faults.connectAnswer();
    if (answer == null && !protocol.serves(uri.path())) {
      answer = RestAnswer.html(404, "");
    }
    if (answer == null && protocol.refusesConnect()) {
      answer = RestAnswer.html(429, "");
    }
    return answer;
  }

  ExchangeSession open(ClientConnection connection, QueryStringDecoder uri) {
    log.connected();
    ExchangeSession session = protocol.opened(connection, uri);
    sessions.add(session);
    return session;
  }

  void received(ExchangeSession session, String text) {
    log.received(text);
    if (session.connection().isOpen()) {
      session.received(text);
    }
  }

  void closed(ExchangeSession session) {
    sessions.remove(session);
  }

  /** Answers a GET when it is time to. */
  void rest(QueryStringDecoder uri, Consumer<RestAnswer> reply) {
    log.requested();
    RestAnswer given = faults.restAnswer();
    RestAnswer venues = given == null ? protocol.rest(uri) : given;
    RestAnswer answer = venues == null ? RestAnswer.html(404, "") : venues;
    if (faults.restDelay().isZero()) {
      reply.accept(answer);
    } else {
      thread.after(faults.restDelay(), () -> reply.accept(answer));
    }
  }
}
