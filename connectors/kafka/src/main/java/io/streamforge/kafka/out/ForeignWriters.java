package io.streamforge.kafka.out;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.kafka.KafkaTopics;
import io.streamforge.kafka.TopicOut;
import io.streamforge.kafka.TopicProducers;
import io.streamforge.kafka.WritersBefore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of producers that write to a topic out and are not the job's: of two jobs with the same
 * topics, readers would take the records of both. It warns, and stops nothing.
 *
 * <p>A look is two requests, on a thread of its own. A producer is foreign if the topics out knew
 * it before the job started, and it has written between the two. So no attempt of the job finds the
 * producers of an earlier one: none was known before, or it writes no more. Producers with
 * transactions keep their ids from start to start, and are told by their transactional id. A writer
 * that starts later is not found here; if it is a job, it finds this one.
 */
final class ForeignWriters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignWriters.class);

  /** Strangers choose their transactional ids: others are not repeated in a log. */
  private static final Pattern HARMLESS = Pattern.compile("[\\w.:-]{1,200}");

  /**
   * Before each look. Before the first, as a TaskManager that has lost its JobManager may write
   * until it notices.
   */
  private static final Duration BEFORE = Duration.ofSeconds(10);

  private static final Duration BETWEEN = Duration.ofSeconds(3);

  /**
   * It stops after so many looks in a row that find none. One does not tell: a job that writes
   * exactly once takes another of its producers after each checkpoint.
   */
  private static final int LOOKS = 6;

  private final KafkaConnection connection;
  private final TopicOut out;
  private final Set<Long> before;
  private final MetricGroup metrics;
  private final Thread thread;
  private volatile int found;
  private boolean shown;

  /**
   * @param before producers that the topics out knew before the job started
   * @param metrics of the topic's sink, where the gauge {@code foreign_writers} is
   */
  private ForeignWriters(
      KafkaConnection connection, TopicOut out, Set<Long> before, MetricGroup metrics) {
    this.connection = connection;
    this.out = out;
    this.before = before;
    this.metrics = metrics;
    this.thread = new Thread(this::run, "foreign writers of " + out.topic());
    thread.setDaemon(true);
  }

  /** Begins to look, in the first subtask of a sink. */
  static ForeignWriters lookFor(
      KafkaConnection connection, TopicOut out, WritersBefore before, WriterInitContext sink) {
    ForeignWriters writers =
        new ForeignWriters(connection, out, before.producerIds(), sink.metricGroup());
    if (sink.getTaskInfo().getIndexOfThisSubtask() == 0) {
      if (before.known()) {
        writers.thread.start();
      } else {
        LOG.info(
            "Other writers of topic {} are not looked for: that needs the right Read on all topics"
                + " out, and an answer of Kafka when the job is submitted",
            out.topic());
      }
    }
    return writers;
  }

  private void run() {
    try {
      for (int none = 0; none < LOOKS; none = findsNone() ? none + 1 : 0) {
        Thread.sleep(BEFORE.toMillis());
      }
    } catch (InterruptedException e) {
      // closed
    } catch (RuntimeException e) {
      LOG.info("Other writers of topic {} are not looked for any more", out.topic(), e);
    }
  }

  private boolean findsNone() throws InterruptedException {
    Admin admin = KafkaTopics.admin(connection);
    try {
      Set<Long> foreign = look(admin);
      if (foreign.size() > found) {
        LOG.warn(
            "Topic {} ({}) has another writer than this job: {}. Readers take the records of both;"
                + " give one of the two a topic of its own",
            out.topic(),
            out.key(),
            described(admin, foreign));
      }
      found = foreign.size();
      show();
      return foreign.isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException forbidden) {
        throw forbidden;
      }
      LOG.info("Other writers of topic {} cannot be told", out.topic(), e.getCause());
      return false;
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Set<Long> look(Admin admin) throws ExecutionException, InterruptedException {
    TopicProducers first = TopicProducers.of(admin, List.of(out.topic()));
    Thread.sleep(BETWEEN.toMillis());
    TopicProducers second = TopicProducers.of(admin, List.of(out.topic()));
    Set<Long> foreign = new TreeSet<>(second.writingSince(first));
    foreign.retainAll(before);
    if (connection.isTransactional() && !foreign.isEmpty()) {
      String own = connection.transactionalIdPrefix(out.uid());
      TopicProducers.transactionalIds(admin, foreign)
          .forEach(
              (id, name) -> {
                if (name.startsWith(own)) {
                  foreign.remove(id);
                }
              });
    }
    return foreign;
  }

  private static String described(Admin admin, Set<Long> foreign)
      throws ExecutionException, InterruptedException {
    Map<Long, String> names = TopicProducers.transactionalIds(admin, foreign);
    names.values().removeIf(name -> !HARMLESS.matcher(name).matches());
    return String.join(
        ", ",
        foreign.stream()
            .map(
                id ->
                    "producer "
                        + id
                        + (names.containsKey(id) ? " of transactional id " + names.get(id) : ""))
            .toList());
  }

  /** A topic that has not been looked at has no gauge. */
  private void show() {
    if (!shown) {
      shown = true;
      metrics.gauge("foreign_writers", () -> found);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
