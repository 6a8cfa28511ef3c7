import io.streamforge.record.MarketEventGate;
import io.streamforge.record.MarketEventOrigin;
import io.streamforge.record.MarketEventRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints the best prices of each trusted book as they change: BestPrices.java HOST:PORT */
public class BestPrices {
  public static void main(String[] args) throws Exception {
    MarketEventGate gate = new MarketEventGate();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", args[0], "group.id", "best-prices",
                "auto.offset.reset", "earliest", "isolation.level", "read_committed"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("market-events"));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          MarketEventRecord event = MarketEventRecord.read(record.value());
          if (!gate.admits(MarketEventOrigin.read(record.headers()))) {
            continue; // a repeat after a failure of the job
          } else if (event.type().equals("touch")) {
            System.out.printf("%s %s / %s%n", event.instrument(), event.bid(), event.ask());
          } else if (event.type().equals("trust")) {
            System.out.printf("%s is %s%n", event.instrument(), event.book());
          }
        }
      }
    }
  }
}
