package io.streamforge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.testkit.RecordSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is served, what, and for how long. */
@Timeout(60)
class ViewServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final LatestRecords market = new LatestRecords();
  private ViewServer server;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = ViewServer.start(0, market, PATIENCE);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Socket ask(String request, String host) throws IOException {
    Socket socket = new Socket("localhost", server.address().getPort());
    sockets.add(socket);
    socket
        .getOutputStream()
        .write(
            "%s HTTP/1.1\r\nHost: %s\r\n\r\n"
                .formatted(request, host)
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** The status line and the headers. */
  private String answer(String request, String host) throws IOException {
    return head(ask(request, host));
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0 && !head.toString().endsWith("\r\n\r\n"); c = in.read()) {
      head.append((char) c);
    }
    return head.toString();
  }

  @Test
  void aPageElsewhereCannotReadItUnderAnotherName() throws IOException {
    assertThat(answer("GET /", "rebound.example:8090")).contains(" 421 ");
    assertThat(answer("GET /events?graph=", "rebound.example")).contains(" 421 ");
    assertThat(answer("GET /", "localhost.rebound.example")).contains(" 421 ");
    assertThat(answer("GET /", "localhost:1234")).as("through a tunnel").contains(" 200 ");
    assertThat(answer("GET /", "127.0.0.1")).contains(" 200 ");
  }

  @Test
  void noOtherMachineIsServed() throws IOException {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThat(accepts(address)).as(address.toString()).isFalse();
        }
      }
    }
  }

  private boolean accepts(InetAddress address) {
    try (Socket socket = new Socket(address, server.address().getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nothingIsRunThatIsNotItsOwn() throws IOException {
    assertThat(answer("GET /", "localhost"))
        .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe")
        .containsIgnoringCase("X-Content-Type-Options: nosniff");
  }

  @Test
  void thereIsNothingToWriteOrToFind() throws IOException {
    assertThat(answer("POST /", "localhost")).contains(" 405 ");
    assertThat(answer("GET /../ViewServer.class", "localhost")).contains(" 404 ");
    assertThat(answer("GET /series?symbol=kraken%3AXBT", "localhost")).contains(" 404 ");
    assertThat(answer("GET /series?symbol=%zz", "localhost")).doesNotContain(" 200 ");
    assertThat(answer("GET /d3.js", "localhost")).contains(" 200 ");
  }

  @Test
  void pagesAreAsManyAsItCanServe() throws IOException {
    for (int i = 0; i < EventStreams.MOST; i++) {
      assertThat(answer("GET /events", "localhost")).contains("text/event-stream");
    }
    assertThat(answer("GET /events", "localhost")).contains(" 503 ");
    assertThat(answer("GET /", "localhost")).as("others are served meanwhile").contains(" 200 ");
    sockets.get(0).close();
    await().until(() -> answer("GET /events", "localhost").contains(" 200 "));
  }

  @Test
  void aPageThatDoesNotReadIsCutOff() throws IOException {
    StringBuilder nodes = new StringBuilder("\"n:a\"");
    for (int i = 0; i < LatestRecords.MOST_SYMBOLS - 1; i++) {
      nodes.append(",\"n:").append("n".repeat(200)).append(i).append('"');
    }
    for (int i = 0; i < EventStreams.MOST; i++) {
      head(ask("GET /events", "localhost"));
    }
    long[] time = {0};
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              market.add(graphOf(nodes.toString(), ++time[0]), System.nanoTime());
              return answer("GET /events", "localhost").contains(" 200 ");
            });
  }

  private static GraphFeaturesRecord graphOf(String nodes, long timeUs) throws IOException {
    int count = nodes.split(",", -1).length;
    String json =
        """
        {"schema":"graph-features/1","graph":"market","time_us":%d,"interval_us":1000000,"publish_interval_us":1000000,"feature_set":"0123456789ab",
         "available_us":0,"num_nodes":%d,"num_edges":0,"node_ids":[%s],"node_book":[%s],"node_mid":[%s],
         "num_nodes_left_out":0,"nodes_left_out":[],"feature_names":[],"x":[%s],"edge_index":[[],[]],"edge_attr_names":[],"edge_attr":[],"u_names":[],"u":[]}"""
            .formatted(
                timeUs,
                count,
                nodes,
                String.join(",", Collections.nCopies(count, "\"live\"")),
                String.join(",", Collections.nCopies(count, "1")),
                String.join(",", Collections.nCopies(count, "[]")));
    assertThat(RecordSchema.GRAPH_FEATURES.errors(json)).isEmpty();
    return GraphFeaturesRecord.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
