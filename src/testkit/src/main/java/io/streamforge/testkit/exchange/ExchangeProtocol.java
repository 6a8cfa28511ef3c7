package io.streamforge.testkit.exchange;

import io.netty.handler.codec.http.QueryStringDecoder;

/** What one venue speaks. All of it is called on the exchange's one thread. */
public interface ExchangeProtocol {

  /** The path that the venue's WebSocket URL ends with, without any subscription; may be empty. */
  String webSocketPath();

  /** Whether a WebSocket is served there. */
  boolean serves(String path);

  /** Whether one more connection is more than the venue allows, for which it refuses it. */
  boolean refusesConnect();

  /** The session on a connection that has just been opened. */
  ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri);

  /** The answer to a GET; null where there is nothing. */
  RestAnswer rest(QueryStringDecoder uri);
}
