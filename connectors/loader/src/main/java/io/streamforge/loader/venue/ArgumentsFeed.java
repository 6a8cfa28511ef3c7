package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What OKX and Bitget have in common: a subscription is an object in {@code args}, which each
 * message repeats in {@code arg}. Each is acknowledged by itself. Pings are plain text.
 */
abstract class ArgumentsFeed implements VenueFeed {
  private final String channelField;
  private final String symbolField;
  private final String trades;

  /**
   * @param channelField the field that names what is subscribed
   * @param symbolField the field that names the symbol
   * @param trades what trades are called; books are {@code books}
   */
  ArgumentsFeed(String channelField, String symbolField, String trades) {
    this.channelField = channelField;
    this.symbolField = symbolField;
    this.trades = trades;
  }

  /** Adds subscriptions to a request. */
  final String text(ObjectNode request, boolean begin, List<Subscription> some) {
    request.put("op", begin ? "subscribe" : "unsubscribe");
    for (Subscription each : some) {
      ObjectNode argument = request.withArray("/args").addObject();
      describe(argument);
      argument
          .put(channelField, each.channel() == Channel.BOOK ? "books" : trades)
          .put(symbolField, each.symbol());
    }
    return request.toString();
  }

  /** Adds what a subscription has besides. */
  void describe(ObjectNode argument) {}

  @Override
  public Optional<String> ping(long id) {
    return Optional.of("ping");
  }

  @Override
  public Optional<String> pong() {
    return Optional.of("pong");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    return message.has("event") ? null : named(message.path("arg"));
  }

  private Channel named(JsonNode argument) {
    String name = argument.path(channelField).asText();
    if (name.equals("books")) {
      return Channel.BOOK;
    }
    return name.equals(trades) ? Channel.TRADES : null;
  }

  @Override
  public Control read(JsonNode message) {
    JsonNode argument = message.path("arg");
    return switch (message.path("event").asText()) {
      case "subscribe" ->
          named(argument) == null
              ? new Control.Nothing()
              : new Control.Subscribed(
                  List.of(new Subscription(named(argument), argument.path(symbolField).asText())));
      case "error" ->
          new Control.Refused(
              message.path("id").asLong(Control.Refused.NO_ID),
              null,
              message.path("code").asText() + " " + message.path("msg").asText());
      case "notice" -> new Control.Closing(message.path("code").asText());
      case "unsubscribe", "channel-conn-count" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }
}
