import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints the best prices of each trusted book as they change: BestPrices.java HOST:PORT */
public class BestPrices {
  public static void main(String[] args) throws Exception {
    Map<String, Long> read = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", args[0], "group.id", "best-prices",
                "auto.offset.reset", "earliest", "isolation.level", "read_committed"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("market-events"));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          String log = header(record, "instrument") + header(record, "topic");
          long place = Long.parseLong(header(record, "offset")) * 1_000_000
              + Long.parseLong(header(record, "n"));
          if (place <= read.getOrDefault(log, -1L)) {
            continue; // a repeat after a failure of the job
          }
          read.put(log, place);
          JsonNode event = new ObjectMapper().readTree(record.value());
          if (event.get("type").asText().equals("touch")) {
            System.out.printf("%s %s / %s%n", event.get("instrument").asText(),
                event.get("bid").asText(), event.get("ask").asText());
          } else if (event.get("type").asText().equals("trust")) {
            System.out.printf("%s is %s%n", event.get("instrument").asText(),
                event.get("book").asText());
          }
        }
      }
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value());
  }
}
