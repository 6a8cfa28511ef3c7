package io.streamforge.testkit.exchange;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client's WebSocket. All of it is called on the exchange's one thread. */
public final class ClientConnection {
  private static final int ENDLESS_PART = 65_536;
  private static final int PATIENCE_MS = 1000;

  private final Channel channel;
  private final ExchangeFaults faults;
  private final Deque<WebSocketFrame> held = new ArrayDeque<>();
  private String lastData;
  private boolean neverEnds;
  private boolean closing;

  ClientConnection(Channel channel, ExchangeFaults faults) {
    this.channel = channel;
    this.faults = faults;
  }

  public boolean isOpen() {
    return channel.isActive() && !closing;
  }

  /** The data sent last; null before any. */
  public String lastData() {
    return lastData;
  }

  /** Sends recorded data. */
  public void sendData(String text) {
    lastData = text;
    send(text);
  }

  /** Sends an answer or a message of the venue's own. */
  public void send(String text) {
    sendBytes(text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Sends bytes as one text message, in as many frames as the faults ask for. */
  public void sendBytes(byte[] bytes, boolean ends) {
    if (neverEnds) {
      return; // inside a message nothing else can be said
    }
    int parts = Math.max(1, Math.min(faults.parts(), bytes.length));
    if (!ends) {
      neverEnds = true;
      parts = Math.max(1, bytes.length / ENDLESS_PART);
    }
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) bytes.length * i / parts);
      int to = (int) ((long) bytes.length * (i + 1) / parts);
      ByteBuf part = Unpooled.wrappedBuffer(bytes, from, to - from);
      boolean last = ends && i == parts - 1;
      write(
          i == 0
              ? new TextWebSocketFrame(last, 0, part)
              : new ContinuationWebSocketFrame(last, 0, part));
    }
  }

  public void ping(String payload) {
    write(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
  }

  private void write(WebSocketFrame frame) {
    if (closing) {
      frame.release();
    } else if (faults.stalls()) {
      held.add(frame);
    } else {
      var unused = channel.writeAndFlush(frame); // a client that has gone is closed anyhow
    }
  }

  /** Sends what a stall held back. */
  public void release() {
    while (!held.isEmpty()) {
      var unused = channel.write(held.poll());
    }
    channel.flush();
  }

  /** Closes it by the WebSocket's rules: the client is to answer, and the TCP connection ends. */
  public void close(int code, String reason) {
    if (!closing) {
      closing = true;
      var unused = channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
      var ends = channel.eventLoop().schedule(this::end, PATIENCE_MS, MILLISECONDS);
      channel.closeFuture().addListener(closed -> ends.cancel(false));
    }
  }

  /** The client closes, or answers a close. */
  public void closed(CloseWebSocketFrame frame) {
    if (closing) {
      frame.release();
      end();
    } else {
      closing = true;
      channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void end() {
    var unused = channel.close();
  }

  /** Ends it at once, without a word, with a TCP reset. */
  public void reset() {
    closing = true;
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    // Past the TLS handler, which would say goodbye.
    var unused = channel.pipeline().firstContext().close();
  }
}
