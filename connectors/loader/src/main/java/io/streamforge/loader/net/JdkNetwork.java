package io.streamforge.loader.net;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The network by the JDK's HTTP client. It answers the pings of venues by itself. */
public final class JdkNetwork implements Network {
  private final HttpClient client;
  private final Executor executor;
  private final int maxMessageBytes;
  private final Duration timeout;

  /**
   * @param executor of one thread
   * @param trusted whose certificates are trusted; null for those of the JDK
   * @param maxMessageBytes a longer message ends its connection
   * @param timeout of an attempt to connect, and of a request from its beginning to its end
   */
  public JdkNetwork(Executor executor, SSLContext trusted, int maxMessageBytes, Duration timeout) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .executor(executor)
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1);
    if (trusted != null) {
      builder.sslContext(trusted);
    }
    this.client = builder.build();
    this.executor = executor;
    this.timeout = timeout;
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the listener is told
  public void open(URI address, SocketListener listener) {
    Connection connection = new Connection(listener);
    client
        .newWebSocketBuilder()
        .connectTimeout(timeout)
        .buildAsync(address, connection)
        .whenCompleteAsync(
            (socket, failure) -> {
              if (failure != null) {
                connection.end(closure(failure));
              }
            },
            executor);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // then is told
  public void get(URI address, Consumer<Answer> then) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(timeout).build();
    client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .orTimeout(
            timeout.toMillis(), TimeUnit.MILLISECONDS) // the request's own ends with its headers
        .whenCompleteAsync(
            (response, failure) ->
                then.accept(
                    failure == null
                        ? answer(response)
                        : new Answer(0, null, 0, 0, closure(failure).reason())),
            executor);
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    HttpHeaders headers = response.headers();
    return new Answer(
        response.statusCode(),
        response.body(),
        retryAfter(headers),
        number(headers, "x-mbx-used-weight-1m"),
        null);
  }

  private static long retryAfter(HttpHeaders headers) {
    return number(headers, "Retry-After");
  }

  private static long number(HttpHeaders headers, String name) {
    try {
      return Math.max(headers.firstValueAsLong(name).orElse(0), 0);
    } catch (NumberFormatException e) { // a date: the usual pause will do
      return 0;
    }
  }

  private static SocketListener.Closure closure(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && !(cause instanceof WebSocketHandshakeException)
        && !(cause instanceof SSLException)
        && !(cause instanceof UnresolvedAddressException)) {
      cause = cause.getCause();
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      HttpResponse<?> response = refused.getResponse();
      return new SocketListener.Closure(
          "the venue answers HTTP " + response.statusCode(), retryAfter(response.headers()));
    }
    String what = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    if (cause instanceof SSLException) {
      return new SocketListener.Closure("TLS is refused" + what, 0);
    }
    if (cause instanceof UnresolvedAddressException) {
      return new SocketListener.Closure("the host's name has no address", 0);
    }
    if (cause instanceof HttpTimeoutException || cause instanceof ConnectException) {
      return new SocketListener.Closure("no connection" + what, 0);
    }
    return new SocketListener.Closure(cause.getClass().getSimpleName() + what, 0);
  }

  /** Makes whole messages of what the JDK hands over, and tells the end once. */
  private final class Connection implements WebSocket.Listener, Socket {
    private final SocketListener listener;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private WebSocket socket;
    private CompletableFuture<WebSocket> sent;
    private boolean ended;

    Connection(SocketListener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      sent = CompletableFuture.completedFuture(opened);
      opened.request(Long.MAX_VALUE); // reading never waits for what is behind it
      if (ended) {
        opened.abort();
      } else {
        listener.opened(this);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      if (ended) {
        return null;
      }
      byte[] text = data.toString().getBytes(StandardCharsets.UTF_8);
      if (parts.size() + text.length > maxMessageBytes) {
        abort("a message of more than %,d bytes".formatted(maxMessageBytes));
      } else if (!last) {
        parts.writeBytes(text);
      } else if (parts.size() == 0) {
        listener.message(text);
      } else {
        parts.writeBytes(text);
        byte[] whole = parts.toByteArray();
        parts.reset();
        listener.message(whole);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      abort("a message that is no text");
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      end(
          new SocketListener.Closure(
              "closed by the venue, %d%s".formatted(status, reason.isEmpty() ? "" : " " + reason),
              0));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end(closure(error));
    }

    @Override
    public void send(String text) {
      sent =
          sent.thenCompose(open -> open.sendText(text, true))
              .whenCompleteAsync(
                  (open, failure) -> {
                    if (failure != null) {
                      abort("a text could not be sent");
                    }
                  },
                  executor);
    }

    @Override
    public void abort(String reason) {
      if (socket != null) {
        socket.abort();
      }
      end(new SocketListener.Closure(reason, 0));
    }

    void end(SocketListener.Closure closure) {
      if (!ended) {
        ended = true;
        listener.closed(closure);
      }
    }
  }
}
