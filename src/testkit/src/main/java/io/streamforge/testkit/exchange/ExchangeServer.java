package io.streamforge.testkit.exchange;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The port of an exchange: TLS, HTTP and WebSockets. */
final class ExchangeServer {
  private static final int LONGEST_REQUEST = 65_536;

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("fake-exchange-io", true), NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final FakeExchange exchange;
  private final Path certificate;
  private final SslContext tls;
  private int port;
  private Channel listening;

  ExchangeServer(FakeExchange exchange, boolean withTls, int port) {
    this.exchange = exchange;
    this.port = port;
    try {
      X509Bundle made = withTls ? certificateOfLocalhost() : null;
      certificate = made == null ? null : Files.createTempFile("exchange", ".pem");
      if (made == null) {
        tls = null;
      } else {
        Files.writeString(certificate, made.getCertificatePathPEM());
        tls = SslContextBuilder.forServer(made.toKeyManagerFactory()).build();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate could be written", e);
    } catch (Exception e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
    listen(true);
  }

  private static X509Bundle certificateOfLocalhost() throws Exception {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  /** Begins or ends to take TCP connections; those that are open stay. */
  synchronized void listen(boolean listens) {
    if (!listens && listening != null) {
      listening.close().syncUninterruptibly();
      listening = null;
    } else if (listens && listening == null) {
      listening = bind();
      port = ((InetSocketAddress) listening.localAddress()).getPort();
    }
  }

  private Channel bind() {
    ChannelInitializer<SocketChannel> client =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            clients.add(channel);
            if (tls != null) {
              channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel
                .pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LONGEST_REQUEST))
                .addLast(new ExchangeHandler(exchange));
          }
        };
    return new ServerBootstrap()
        .group(threads)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(client)
        .bind("127.0.0.1", port)
        .syncUninterruptibly()
        .channel();
  }

  synchronized int port() {
    return port;
  }

  Path certificate() {
    return certificate;
  }

  void close() {
    listen(false);
    clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    if (certificate != null) {
      try {
        Files.deleteIfExists(certificate);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + certificate, e);
      }
    }
  }
}
