package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.Playback;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All of Flink is killed while transactions are open, and the job starts without state. What it
 * left open would hold back who reads what is committed, for as long as Kafka keeps a transaction.
 */
@Tag("soak")
@Timeout(600)
class ColdStartTest {
  private static final Map<String, String> EXACTLY_ONCE =
      Map.of("sink.delivery-guarantee", "exactly-once");

  @TempDir Path folder;

  @Test
  void leavesNoTransactionOpen() throws Exception {
    try (ScriptedCluster processes = new ScriptedCluster(folder.resolve("cluster"))) {
      processes.start();
      try (Recordings input = new Recordings(List.of(EventfulRun.RECORDING));
          Playback playback = new Playback(processes.settings(), 1);
          Admin admin =
              Admin.create(Map.of("bootstrap.servers", processes.settings().bootstrapServers()))) {
        String job = processes.submit(1, EXACTLY_ONCE);
        processes.awaitRunning(job);
        CompletableFuture<Void> played = CompletableFuture.runAsync(() -> playback.play(input));
        processes.awaitCheckpoints(job, 1);
        await().until(() -> !open(admin).isEmpty());
        processes.kill("taskmanager-1");
        processes.kill("jobmanager");
        Set<String> left = open(admin);
        assertThat(left).isNotEmpty();

        processes.start();
        String next = processes.submit(1, EXACTLY_ONCE);
        played.get();
        processes.awaitRunning(next);
        // Nothing comes any more: two checkpoints commit what the new job has made.
        processes.awaitCheckpoints(next, 2);
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(() -> assertThat(open(admin)).isEmpty());
      }
    }
  }

  private static Set<String> open(Admin admin) throws Exception {
    ListTransactionsOptions open =
        new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
    return admin.listTransactions(open).all().get().stream()
        .map(TransactionListing::transactionalId)
        .collect(Collectors.toSet());
  }
}
