package io.streamforge.kafka.log;

import io.streamforge.kafka.log.LostPartition.Cause;
import io.streamforge.topic.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What is lost, in a line for whoever runs the job, and what they can do. */
final class LossReport {
  private static final String SKIP = "source.on-lost-records=skip";
  private static final String BOOKS =
      ", and each book that they fed is gap until a snapshot (flink-conf/RUNBOOK.md)";

  private LossReport() {}

  /**
   * Writes the line.
   *
   * @param newestUs the newest receive time that has been read of a partition, or {@link
   *     RawRecord#NO_TIME}
   */
  static String of(LostRecords lost, ToLongFunction<LostPartition> newestUs) {
    return List.of(Cause.values()).stream()
        .map(cause -> lost.partitions().stream().filter(one -> one.cause() == cause).toList())
        .filter(partitions -> !partitions.isEmpty())
        .map(partitions -> of(lost.topic(), partitions, newestUs))
        .collect(Collectors.joining("; "));
  }

  private static String of(
      String topic, List<LostPartition> lost, ToLongFunction<LostPartition> newestUs) {
    String named =
        "%s, %s %s: "
            .formatted(
                lost.get(0).topic(),
                lost.size() == 1 ? "partition" : "partitions",
                lost.stream()
                    .map(LostPartition::partition)
                    .sorted()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")));
    return named
        + switch (lost.get(0).cause()) {
          case DELETED -> deleted(lost, newestUs);
          case OTHER_TOPIC ->
              "the job goes on from a state that has read this topic, and is to read %s; %s reads that alone, from source.start%s"
                  .formatted(topic, SKIP, BOOKS);
          case OTHER_LOG ->
              "the topic is another one by that name than the job has read: it ends before, or has other records there; %s goes on from source.start if that is a time, else at its end%s"
                  .formatted(SKIP, BOOKS);
        };
  }

  private static String deleted(List<LostPartition> lost, ToLongFunction<LostPartition> newestUs) {
    long records = lost.stream().mapToLong(LostPartition::records).sum();
    String count = records == 0 ? "records since source.start may be" : records + " records are";
    return "%s deleted that the job has not read%s; %s goes on with the first that are left%s"
        .formatted(count, longest(lost, newestUs), SKIP, BOOKS);
  }

  /** Of the partition that has lost most: since when, and until when. */
  private static String longest(List<LostPartition> lost, ToLongFunction<LostPartition> newestUs) {
    Instant since = null;
    Instant until = null;
    for (LostPartition one : lost) {
      long readUs = newestUs.applyAsLong(one);
      if (readUs == RawRecord.NO_TIME || one.firstMs() == LostPartition.NONE_LEFT) {
        continue;
      }
      Instant read = Instant.EPOCH.plus(readUs, ChronoUnit.MICROS);
      Instant first = Instant.ofEpochMilli(one.firstMs());
      if (since == null
          || Duration.between(read, first).compareTo(Duration.between(since, until)) > 0) {
        since = read;
        until = first;
      }
    }
    return since == null
        ? ""
        : ", up to %s from %s to %s".formatted(Duration.between(since, until), since, until);
  }
}
