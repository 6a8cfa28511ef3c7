import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints the best prices of each trusted book as they change: BestPrices.java HOST:PORT */
public class BestPrices {
  record Log(String instrument, String topic, String partition) {}

  record Place(long offset, int n) {
    boolean isBehind(Place other) {
      return offset > other.offset || (offset == other.offset && n > other.n);
    }
  }

  public static void main(String[] args) throws Exception {
    Map<Log, Place> read = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", args[0], "group.id", "best-prices",
                "auto.offset.reset", "earliest", "isolation.level", "read_committed"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("market-events"));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          Log log = new Log(
              text(record, "instrument"), text(record, "topic"), text(record, "partition"));
          Place place = new Place(
              Long.parseLong(text(record, "offset")), Integer.parseInt(text(record, "n")));
          if (place.n() < 0) {
            read.remove(log); // records are lost: the log may count anew
          } else if (read.containsKey(log) && !place.isBehind(read.get(log))) {
            continue; // a repeat after a failure of the job
          } else {
            read.put(log, place);
          }
          JsonNode event = new ObjectMapper().readTree(record.value());
          if (event.get("type").asText().equals("touch")) {
            System.out.printf("%s %s / %s%n", log.instrument(), event.get("bid").asText(),
                event.get("ask").asText());
          } else if (event.get("type").asText().equals("trust")) {
            System.out.printf("%s is %s%n", log.instrument(), event.get("book").asText());
          }
        }
      }
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }
}
