package io.streamforge.loader.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JdkNetworkTest {
  @Test
  void anAnswerWhoseBodyNeverComesIsAFailure() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, 100));
    server.start();
    ExecutorService loop = Executors.newSingleThreadExecutor();
    try {
      JdkNetwork network = new JdkNetwork(loop, null, 1 << 20, Duration.ofMillis(500));
      BlockingQueue<Network.Answer> answers = new LinkedBlockingQueue<>();
      network.get(
          URI.create("http://localhost:" + server.getAddress().getPort() + "/"), answers::add);
      Network.Answer answer = answers.poll(10, TimeUnit.SECONDS);
      assertThat(answer.status()).isZero();
      assertThat(answer.failure()).startsWith("TimeoutException");
    } finally {
      loop.shutdownNow();
      server.stop(0);
    }
  }
}
