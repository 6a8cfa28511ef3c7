package io.streamforge.loader.out;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.topic.RawTopicWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final long START_US = 1_787_603_059_614_000L;

  private final AtomicLong nowUs = new AtomicLong(START_US);
  private final AtomicInteger begunAnew = new AtomicInteger();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(
          cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Flow book = new Flow("books", "A", "acme", begunAnew::incrementAndGet);
  private final Flow other = new Flow("books", "B", "acme", () -> {});
  private Outbox outbox;

  private static Cluster cluster() {
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    return new Cluster(
        "c",
        List.of(node),
        List.of(new PartitionInfo("books", 0, node, nodes, nodes)),
        java.util.Set.of(),
        java.util.Set.of());
  }

  private Outbox outbox(long maxBytes) {
    outbox =
        new Outbox(
            new RawTopicWriter(kafka, List.of("books")),
            new ReceiveClock(nowUs::get),
            new OutboxWatch() {
              @Override
              public void delivered(Flow flow, long delayUs) {}

              @Override
              public void lost(Flow flow, String reason) {
                lost.add(flow.symbol() + ": " + reason);
              }

              @Override
              public void recovered(int flows) {}

              @Override
              public void queued(long bytes) {}
            },
            maxBytes,
            Duration.ofSeconds(30));
    return outbox;
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> sent() {
    return kafka.history().stream()
        .filter(each -> each.key() != null)
        .map(each -> each.value() == null ? "disconnected" : new String(each.value(), UTF_8))
        .toList();
  }

  private List<Long> heartbeatsUs() {
    return kafka.history().stream().filter(each -> each.key() == null).map(OutboxTest::us).toList();
  }

  private static long us(ProducerRecord<byte[], byte[]> record) {
    return Long.parseLong(
        new String(record.headers().lastHeader("receive_time_us").value(), UTF_8));
  }

  @Test
  void sendsInOrderWithHeadersAndHeartbeats() {
    Outbox out = outbox(1 << 20);
    out.message(book, "s-1", text("1"), START_US);
    out.message(other, null, text("2"), START_US + 1);
    out.disconnected(book, "s-1", START_US + 2);
    await().until(() -> sent().size() == 3 && !heartbeatsUs().isEmpty());
    assertThat(sent()).containsExactly("1", "2", "disconnected");
    ProducerRecord<byte[], byte[]> first =
        kafka.history().stream().filter(each -> each.key() != null).findFirst().orElseThrow();
    assertThat(new String(first.headers().lastHeader("venue").value(), UTF_8)).isEqualTo("acme");
    assertThat(new String(first.headers().lastHeader("connection").value(), UTF_8))
        .isEqualTo("s-1");
  }

  @Test
  void whatIsHeldBackHoldsTheHeartbeatsOfItsPartition() {
    Outbox out = outbox(1 << 20);
    out.hold(book, START_US - 7);
    int before = heartbeatsUs().size();
    await().until(() -> heartbeatsUs().size() > before + 1);
    assertThat(heartbeatsUs().get(before + 1)).isEqualTo(START_US - 7);
    out.release(book);
    nowUs.addAndGet(5);
    await().until(() -> heartbeatsUs().contains(START_US + 5));
  }

  @Test
  void aRefusedRecordLosesItsBookWhichBeginsAnewWhenKafkaTakesOthers() {
    Outbox out = outbox(1 << 20);
    out.message(book, "s-1", text("1"), START_US);
    await().until(() -> sent().size() == 1);
    while (lost.isEmpty()) { // the heartbeats of before it are refused likewise
      kafka.errorNext(new TimeoutException("no"));
    }
    assertThat(lost.get(0)).startsWith("A: Kafka refuses it: no");
    out.message(book, "s-1", text("2"), START_US);
    assertThat(begunAnew).hasValue(0);
    await()
        .until(
            () -> {
              kafka.completeNext();
              return begunAnew.get() == 1;
            });
    out.message(book, "s-2", text("3"), START_US);
    await().until(() -> sent().contains("3"));
    assertThat(sent()).doesNotContain("2");
  }

  /** The session that Kafka knows has to end, whatever becomes of who was to say so. */
  @Test
  void theSessionsThatKafkaKnowsEndWhenItTakesRecordsAgain() {
    Outbox out = outbox(1 << 20);
    out.message(book, "s-1", text("1"), START_US);
    await().until(() -> sent().size() == 1);
    await().until(kafka::completeNext);
    out.message(book, "s-1", text("2"), START_US);
    await().until(() -> sent().size() == 2);
    while (lost.isEmpty()) {
      kafka.errorNext(new TimeoutException("no"));
    }
    out.disconnected(book, "s-1", START_US); // the venue's connection ends meanwhile
    out.message(book, "s-2", text("3"), START_US);
    await()
        .until(
            () -> {
              kafka.completeNext();
              return sent().contains("disconnected");
            });
    ProducerRecord<byte[], byte[]> end =
        kafka.history().stream()
            .filter(each -> each.key() != null && each.value() == null)
            .findFirst()
            .orElseThrow();
    assertThat(new String(end.headers().lastHeader("connection").value(), UTF_8)).isEqualTo("s-1");
  }

  @Test
  void whatIsTooOldIsLost() {
    Outbox out = outbox(1 << 20);
    out.message(book, "s-1", text("1"), START_US - 31_000_000);
    out.message(other, "s-2", text("2"), START_US);
    await().until(() -> sent().contains("2"));
    assertThat(lost).containsExactly("A: Kafka did not take it for 30 s");
    assertThat(sent()).containsExactly("2");
  }

  /** While the sender is held up, more comes than there is room for. */
  @Test
  void anOverflowLosesTheBookOfTheOldestRecord() {
    Outbox out = outbox(2_000);
    synchronized (kafka) { // MockProducer's methods are synchronized: the sender waits
      for (int i = 0; i < 20; i++) {
        out.message(i < 2 ? book : other, "s", new byte[100], START_US);
      }
    }
    await().until(() -> !lost.isEmpty());
    assertThat(lost.get(0)).contains("the queue is full");
  }
}
