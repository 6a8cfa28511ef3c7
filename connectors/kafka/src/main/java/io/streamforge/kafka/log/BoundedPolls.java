package io.streamforge.kafka.log;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Keeps what one poll of a consumer returns to {@value #ENOUGH} bytes and one record. Kafka bounds
 * what it fetches, which is compressed: a kilobyte of it may be a message of 16 MB, and a poll of
 * 500 such messages 8 GB.
 *
 * <p>A record beyond that is refused. Kafka returns those before it, and reads it again for the
 * next poll, of which it is the first.
 */
public final class BoundedPolls
    implements Deserializer<byte[]>, ConsumerInterceptor<byte[], byte[]> {
  /** Several times what 500 messages of a busy market take, and little beside a heap. */
  static final int ENOUGH = 8 << 20;

  /** Keys, values and polls of a consumer are handled by objects of their own, in its thread. */
  private static final ThreadLocal<Poll> POLL = ThreadLocal.withInitial(Poll::new);

  /** What a poll has given so far. Each record has headers of its own, if only none. */
  private static final class Poll {
    private Headers first;
    private Headers newest;
    private long bytes;
  }

  /** Adds it to the properties of a consumer. */
  public static Map<String, String> bound(Properties consumer) {
    String own = BoundedPolls.class.getName();
    String others = consumer.getProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "");
    Map<String, String> bounded = new HashMap<>();
    bounded.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, own);
    bounded.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, own);
    bounded.put(
        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, others.isBlank() ? own : others + "," + own);
    return bounded;
  }

  @Override
  public byte[] deserialize(String topic, Headers headers, ByteBuffer bytes) {
    Poll poll = POLL.get();
    long added = bytes == null ? 0 : bytes.remaining();
    if (headers != poll.newest) {
      added += size(headers);
    }
    if (poll.first == null) {
      poll.first = headers;
    }
    if (headers != poll.first && poll.bytes + added > ENOUGH) {
      throw new SerializationException("the next poll begins here");
    }
    poll.newest = headers;
    poll.bytes += added;
    return Utils.toNullableArray(bytes);
  }

  private static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  @Override
  public byte[] deserialize(String topic, byte[] bytes) {
    throw new UnsupportedOperationException("a record has headers");
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    POLL.remove();
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}

  /** Kafka logs it where a poll ends early. */
  @Override
  public String toString() {
    return "no error: a poll of %d bytes ends".formatted(ENOUGH);
  }
}
