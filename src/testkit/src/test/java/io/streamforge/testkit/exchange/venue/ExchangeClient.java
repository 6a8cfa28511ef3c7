package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.exchange.FakeExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client of a fake exchange, with the JDK's own WebSocket. */
final class ExchangeClient implements WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final boolean reads;
  private WebSocket socket;

  private ExchangeClient(boolean reads) {
    this.reads = reads;
  }

  static HttpClient http(FakeExchange exchange) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    Path pem = exchange.certificate();
    return pem == null ? client.build() : client.sslContext(trusting(pem)).build();
  }

  private static SSLContext trusting(Path pem) {
    try (InputStream file = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "exchange", CertificateFactory.getInstance("X.509").generateCertificate(file));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot trust " + pem, e);
    }
  }

  static HttpResponse<String> get(FakeExchange exchange, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create(exchange.rest() + path);
    return http(exchange)
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Connects to the base URL with a path and query of its own after it. */
  static ExchangeClient connect(FakeExchange exchange, String more) {
    return connect(exchange, more, true);
  }

  /** One that never reads, hence answers no ping. */
  static ExchangeClient deaf(FakeExchange exchange, String more) {
    return connect(exchange, more, false);
  }

  private static ExchangeClient connect(FakeExchange exchange, String more, boolean reads) {
    ExchangeClient client = new ExchangeClient(reads);
    client.socket =
        http(exchange)
            .newWebSocketBuilder()
            .buildAsync(URI.create(exchange.webSocket() + more).normalize(), client)
            .join();
    return client;
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void abort() {
    socket.abort();
  }

  int pings() {
    return pings.get();
  }

  /** The next text with this in it; what comes before is kept in {@link #seen()}. */
  String await(String part) throws InterruptedException {
    return await(message -> message.contains(part));
  }

  String await(Predicate<String> wanted) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      String message = arrived.poll(100, TimeUnit.MILLISECONDS);
      if (message == null) {
        assertThat(end.isDone()).as("closed: %s, seen: %s", end.getNow(""), newest()).isFalse();
      } else {
        seen.add(message);
        if (wanted.test(message)) {
          return message;
        }
      }
    }
    throw new AssertionError("did not come; seen: " + newest());
  }

  private List<String> newest() {
    return seen.subList(Math.max(0, seen.size() - 5), seen.size());
  }

  /** Every text that was awaited, or came before one that was. */
  List<String> seen() {
    return seen;
  }

  /** How the connection ended: code and reason, or the error. */
  String end() throws InterruptedException {
    try {
      return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("did not end", e);
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reads) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      arrived.add(text.toString());
      text.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings.incrementAndGet();
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end.complete(error.toString());
  }
}
