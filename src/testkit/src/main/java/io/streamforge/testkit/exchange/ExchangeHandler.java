package io.streamforge.testkit.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;

/** One TCP connection: REST until it becomes a WebSocket. */
final class ExchangeHandler extends SimpleChannelInboundHandler<Object> {
  private static final int LONGEST_REQUEST = 1 << 20;

  private final FakeExchange exchange;
  private final ExchangeFaults faults;

  /** Read and written on the exchange's thread. */
  private ExchangeSession session;

  ExchangeHandler(FakeExchange exchange) {
    this.exchange = exchange;
    faults = exchange.faults();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest request) {
      QueryStringDecoder uri = new QueryStringDecoder(request.uri());
      if (request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)) {
        request.retain();
        exchange.thread().later(() -> upgrade(context, request, uri));
      } else {
        boolean stays = HttpUtil.isKeepAlive(request);
        exchange.thread().later(() -> exchange.rest(uri, answer -> reply(context, answer, stays)));
      }
    } else if (message instanceof TextWebSocketFrame frame) {
      String text = frame.text();
      exchange.thread().later(() -> exchange.received(session, text));
    } else if (message instanceof PingWebSocketFrame frame) {
      var unused = context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
      exchange.thread().later(() -> session.receivedControlFrame(false));
    } else if (message instanceof PongWebSocketFrame) {
      exchange.thread().later(() -> session.receivedControlFrame(true));
    } else if (message instanceof CloseWebSocketFrame frame) {
      frame.retain();
      exchange.thread().later(() -> session.connection().closed(frame));
    }
  }

  private void upgrade(
      ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
    RestAnswer refusal = exchange.refusal(uri);
    if (refusal != null) {
      request.release();
      reply(context, refusal, false);
      return;
    }
    context.executor().execute(() -> handshake(context, request, uri));
  }

  private void handshake(
      ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder uri) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), null, false, LONGEST_REQUEST)
            .newHandshaker(request);
    if (handshaker == null) {
      var unused =
          WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      request.release();
      return;
    }
    ClientConnection connection = new ClientConnection(context.channel(), faults);
    handshaker
        .handshake(context.channel(), request)
        .addListener(
            done -> {
              request.release();
              if (done.isSuccess()) {
                exchange.thread().later(() -> session = exchange.open(connection, uri));
              }
            });
    context
        .pipeline()
        .addBefore(context.name(), "parts", new WebSocketFrameAggregator(LONGEST_REQUEST));
  }

  private static void reply(ChannelHandlerContext context, RestAnswer answer, boolean stays) {
    ByteBuf body = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    answer.headers().forEach(response.headers()::set);
    HttpUtil.setKeepAlive(response, stays);
    ChannelFuture written = context.writeAndFlush(response);
    if (!stays) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    exchange
        .thread()
        .later(
            () -> {
              if (session != null) {
                exchange.closed(session);
              }
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close(); // a client that went away, or spoke neither TLS nor HTTP
  }
}
