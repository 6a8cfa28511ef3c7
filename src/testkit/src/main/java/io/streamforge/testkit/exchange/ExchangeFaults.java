package io.streamforge.testkit.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What goes wrong on a fake exchange. Every fault holds when its method has returned, and may be
 * asked for on any thread while the exchange plays.
 */
public final class ExchangeFaults {
  private final FakeExchange exchange;
  private final Set<String> refused = new HashSet<>();
  private int lose;
  private int loseOnNewest;
  private int repeat;
  private int withheld;
  private boolean unreadable;
  private int parts = 1;
  private long stallEndsNanos;
  private boolean stalls;
  private int connectRefusals;
  private RestAnswer connectAnswer;
  private int restAnswers;
  private RestAnswer restAnswer;
  private boolean html;
  private Duration restDelay = Duration.ZERO;
  private Duration restAge = Duration.ZERO;

  ExchangeFaults(FakeExchange exchange) {
    this.exchange = exchange;
  }

  /** Ends every WebSocket with a TCP reset. */
  public void cutAll() {
    everyConnection(session -> session.connection().reset());
  }

  /** Ends the WebSocket opened last with a TCP reset. */
  public void cutNewest() {
    exchange
        .thread()
        .call(
            () -> {
              List<ExchangeSession> open = exchange.sessions();
              open.get(open.size() - 1).connection().reset();
            });
  }

  /**
   * Closes every WebSocket by its rules.
   *
   * @param code the close code
   * @param reason the text that goes with it
   */
  public void closeAll(int code, String reason) {
    everyConnection(session -> session.connection().close(code, reason));
  }

  /** The next data messages, that many of them, are sent to nobody. */
  public void loseNext(int messages) {
    exchange.thread().call(() -> lose = messages);
  }

  /** The next data messages of the connection opened last are not sent to it. */
  public void loseOnNewestConnection(int messages) {
    exchange.thread().call(() -> loseOnNewest = messages);
  }

  /** The next data messages are sent twice each. */
  public void repeatNext(int messages) {
    exchange.thread().call(() -> repeat = messages);
  }

  /** Nothing is sent on any WebSocket for that long, then all of it at once. */
  public void stall(Duration length) {
    exchange
        .thread()
        .call(
            () -> {
              stalls = true;
              stallEndsNanos = System.nanoTime() + length.toNanos();
              exchange.thread().after(length, this::endStall);
            });
  }

  private void endStall() {
    if (stalls && System.nanoTime() - stallEndsNanos >= 0) {
      stalls = false;
      exchange.sessions().forEach(session -> session.connection().release());
    }
  }

  /**
   * Sends the venue's notice that it will close.
   *
   * @throws UnsupportedOperationException if the venue has none
   */
  public void notice() {
    everyConnection(ExchangeSession::notice);
  }

  /**
   * Refuses the next WebSocket handshakes.
   *
   * @param httpStatus of the answer
   * @param retryAfter in its header {@code Retry-After}, whole seconds; null for none
   * @param times how many of them
   */
  public void refuseConnects(int httpStatus, Duration retryAfter, int times) {
    RestAnswer answer = RestAnswer.html(httpStatus, "");
    exchange
        .thread()
        .call(
            () -> {
              connectRefusals = times;
              connectAnswer =
                  retryAfter == null
                      ? answer
                      : answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
            });
  }

  /** Gives the next REST requests, {@code times} of them, this answer. */
  public void rest(int httpStatus, Map<String, String> headers, String body, int times) {
    exchange
        .thread()
        .call(
            () -> {
              restAnswers = times;
              restAnswer = new RestAnswer(httpStatus, "application/json", headers, body);
            });
  }

  /** Every REST answer comes that much later. */
  public void delayRest(Duration delay) {
    exchange.thread().call(() -> restDelay = delay);
  }

  /** Every depth answer is as of that much earlier, by the market's time. */
  public void staleRest(Duration age) {
    exchange.thread().call(() -> restAge = age);
  }

  /** The next subscriptions are neither acknowledged nor served. */
  public void withholdAcknowledgements(int subscriptions) {
    exchange.thread().call(() -> withheld = subscriptions);
  }

  /** The venue does not know this symbol, whatever it lists. */
  public void refuseSymbol(String symbol) {
    exchange.thread().call(() -> refused.add(symbol));
  }

  /** Every message from now on is sent in that many frames. */
  public void fragment(int frames) {
    exchange.thread().call(() -> parts = frames);
  }

  /**
   * Sends every client its newest data message once more, made that long by a further field. It
   * changes no book.
   *
   * @param bytes the length of the text, at least that of the message
   * @throws IllegalStateException if a client has been sent no data yet
   */
  public void big(int bytes) {
    everyConnection(
        session -> {
          String data = session.connection().lastData();
          if (data == null) {
            throw new IllegalStateException("no data has been sent yet that could be made big");
          }
          session.connection().sendData(session.padded(data, bytes));
        });
  }

  /** Sends a text message that is not UTF-8. */
  public void invalidUtf8() {
    byte[] bytes = "{\"channel\":\"??\"}".getBytes(StandardCharsets.US_ASCII);
    bytes[12] = (byte) 0xC3;
    bytes[13] = (byte) 0x28;
    everyConnection(session -> session.connection().sendBytes(bytes, true));
  }

  /** Sends a message of that many bytes whose end never comes; the connection is then mute. */
  public void neverEnding(int bytes) {
    byte[] text = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
    everyConnection(session -> session.connection().sendBytes(text, false));
  }

  /** Every REST answer is a page of HTML with status 200. */
  public void html() {
    exchange.thread().call(() -> html = true);
  }

  /** The next data message is cut off in its middle. */
  public void unreadable() {
    exchange.thread().call(() -> unreadable = true);
  }

  /** Lists a symbol, and says so where the venue has a channel for it. */
  public void newListing(String symbol) {
    exchange.thread().call(() -> exchange.list(symbol, true));
  }

  /** Delists a symbol likewise; its data ends. */
  public void delist(String symbol) {
    exchange.thread().call(() -> exchange.list(symbol, false));
  }

  /** Whether new TCP connections find nobody; those that are open stay. */
  public void acceptsNobody(boolean nobody) {
    exchange.acceptsNobody(nobody);
  }

  /** Ends every fault that still holds; what has been listed or delisted stays so. */
  public void clear() {
    exchange
        .thread()
        .call(
            () -> {
              lose = 0;
              loseOnNewest = 0;
              repeat = 0;
              withheld = 0;
              unreadable = false;
              parts = 1;
              connectRefusals = 0;
              restAnswers = 0;
              html = false;
              restDelay = Duration.ZERO;
              restAge = Duration.ZERO;
              refused.clear();
              stallEndsNanos = System.nanoTime();
              endStall();
            });
    exchange.acceptsNobody(false);
  }

  private void everyConnection(Consumer<ExchangeSession> what) {
    exchange.thread().call(() -> exchange.sessions().forEach(what));
  }

  // What follows is called on the exchange's one thread.

  boolean stalls() {
    return stalls;
  }

  int parts() {
    return parts;
  }

  public boolean refuses(String symbol) {
    return refused.contains(symbol);
  }

  public boolean withholds() {
    return withheld > 0 && withheld-- > 0;
  }

  boolean losesData() {
    return lose > 0 && lose-- > 0;
  }

  boolean losesDataOfNewest() {
    return loseOnNewest > 0 && loseOnNewest-- > 0;
  }

  boolean repeatsData() {
    return repeat > 0 && repeat-- > 0;
  }

  boolean spoilsData() {
    boolean spoils = unreadable;
    unreadable = false;
    return spoils;
  }

  /** The answer to a WebSocket handshake that is to be refused; null for none. */
  RestAnswer connectAnswer() {
    return connectRefusals > 0 && connectRefusals-- > 0 ? connectAnswer : null;
  }

  /** The answer in place of the venue's; null for none. */
  RestAnswer restAnswer() {
    if (html) {
      return RestAnswer.html(200, "<html><body><h1>Just a moment...</h1></body></html>");
    }
    return restAnswers > 0 && restAnswers-- > 0 ? restAnswer : null;
  }

  Duration restDelay() {
    return restDelay;
  }

  public Duration restAge() {
    return restAge;
  }
}
