package io.streamforge.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that was built elsewhere brings the decoder of a venue. */
class ForeignDecoderTest {
  private static final long TIME_US = 1_723_161_256_000_000L;

  private static final String PROVIDER =
      """
      package com.example.acme;

      import io.streamforge.wire.VenueDecoder;
      import io.streamforge.wire.VenueProvider;
      import java.util.Map;
      import java.util.function.Supplier;

      public final class AcmeVenues implements VenueProvider {
        @Override
        public Map<String, Supplier<VenueDecoder>> decoders() {
          return Map.of("VENUE", AcmeDecoder::new);
        }
      }
      """;

  private static final String DECODER =
      """
      package com.example.acme;

      import com.fasterxml.jackson.core.JsonToken;
      import io.streamforge.market.Side;
      import io.streamforge.market.TradeIds;
      import io.streamforge.wire.Arrival;
      import io.streamforge.wire.DecodeException;
      import io.streamforge.wire.Decoded;
      import io.streamforge.wire.JsonDecoder;
      import io.streamforge.wire.JsonScanner;

      final class AcmeDecoder extends JsonDecoder {
        @Override
        protected void read(JsonScanner json, Arrival arrival, Decoded decoded)
            throws DecodeException {
          expect(json, JsonToken.START_OBJECT);
          boolean trade = false;
          boolean snapshot = false;
          long sequence = 0;
          long timeUs = arrival.receiveTimeUs();
          Side side = Side.UNKNOWN;
          for (String field = nextField(json); field != null; field = nextField(json)) {
            switch (field) {
              case "trade" -> trade = json.booleanValue();
              case "snapshot" -> snapshot = json.booleanValue();
              case "n" -> sequence = sequence(json);
              case "b", "a" -> levels(json, field.equals("b"));
              case "p" -> price(json);
              case "q" -> quantity(json);
              case "s" -> side = sideNamed(json);
              case "id" -> tradeId(json, TradeIds.UNORDERED);
              case "t" -> timeUs = epochMicros(json);
              default -> skip(json);
            }
          }
          if (trade) {
            decoded.add(trade(arrival, arrival.instrument(null), side, timeUs));
            return;
          }
          expectBothSides();
          if (snapshot) {
            book.snapshot(sequence);
          } else {
            book.delta(sequence - 1, sequence);
          }
          decoded.add(
              book.build(arrival.instrument(null), timeUs, arrival.effectiveTimeUs(timeUs)));
        }
      }
      """;

  @TempDir Path folder;

  /** A jar with a provider of the venue, as another project would build it. */
  private URL jar(String venue) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("com/example/acme"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path provider =
        Files.writeString(sources.resolve("AcmeVenues.java"), PROVIDER.replace("VENUE", venue));
    Path decoder = Files.writeString(sources.resolve("AcmeDecoder.java"), DECODER);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                provider.toString(),
                decoder.toString());
    assertThat(status).isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(VenueProvider.class.getName()), "com.example.acme.AcmeVenues\n");
    Path jar = folder.resolve("acme.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar.toUri().toURL();
  }

  private interface Action {
    void run() throws Exception;
  }

  /** As Flink runs a job: by threads that have the loader of the user's code. */
  private void withJar(String venue, Action action) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar(venue)}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      action.run();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static List<MarketEvent> decode(MessageDecoder decoder, String message)
      throws DecodeException {
    return new ArrayList<>(decoder.decode("acme-direct", "X", message.getBytes(UTF_8), TIME_US));
  }

  @Test
  void itsMessagesAreDecodedByTheVenuesName() throws Exception {
    withJar(
        "acme-direct",
        () -> {
          assertThat(Venues.names()).contains("acme-direct", "kraken");
          MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 1 << 20);
          Trade trade =
              (Trade)
                  decode(
                          decoder,
                          "{\"trade\":true,\"p\":\"10.5\",\"q\":\"2\",\"s\":\"buy\",\"id\":7,\"t\":1723161255999}")
                      .get(0);
          assertThat(trade.instrument().id()).isEqualTo("acme-direct:X");
          assertThat(trade.eventTimeUs()).isEqualTo(TIME_US - 1_000);
          BookUpdate book =
              (BookUpdate)
                  decode(
                          decoder,
                          "{\"snapshot\":true,\"n\":5,\"b\":[[\"10\",\"1\"]],\"a\":[[\"11\",\"1\"],[\"12\",\"3\"]]}")
                      .get(0);
          assertThat(book.bids()).isOne();
          assertThat(book.levels()).isEqualTo(3);
          assertThatThrownBy(() -> decode(decoder, "{\"n\":5")).isInstanceOf(DecodeException.class);
        });
    assertThat(Venues.names()).doesNotContain("acme-direct");
    assertThat(Venues.decoder("acme-direct")).isNull();
  }

  @Test
  void aVenueThatTwoBringIsRefusedWithBoth() throws Exception {
    withJar(
        "kraken",
        () ->
            assertThatThrownBy(() -> new MessageDecoder(Decoding.TIME, 1 << 20))
                .hasMessageContaining("'kraken'")
                .hasMessageContaining("io.streamforge.wire.BundledVenues")
                .hasMessageContaining("com.example.acme.AcmeVenues"));
    assertThat(Venues.decoder("kraken")).isNotNull();
  }

  /** Of a thread without a class loader, or with one that has never heard of venues. */
  @Test
  void whoSeesNoProviderHasTheBundledVenues() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      for (ClassLoader loader : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
        thread.setContextClassLoader(loader);
        assertThat(Venues.names()).contains("kraken");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
