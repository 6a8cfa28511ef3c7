package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.topic.RawHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads messages by Jackson; a heartbeat is one without a symbol. */
final class BinanceMessageSchema implements KafkaRecordDeserializationSchema<BinanceMessage> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<BinanceMessage> out)
      throws IOException {
    if (record.value() == null) {
      out.collect(new BinanceMessage());
      return;
    }
    byte[] received = record.headers().lastHeader(RawHeaders.RECEIVE_TIME).value();
    out.collect(
        BinanceMessage.read(text(record.key()), record.value(), Long.parseLong(text(received))));
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  @Override
  public TypeInformation<BinanceMessage> getProducedType() {
    return Types.POJO(BinanceMessage.class);
  }
}
