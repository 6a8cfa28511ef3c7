package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignWritersSeenTest {
  private static final String METRICS =
      """
      # TYPE flink_taskmanager_job_task_operator_foreign_writers gauge
      flink_taskmanager_job_task_operator_foreign_writers{job_id="7e5f",operator_name="book_resync:_Writer",subtask_index="0",} 0.0
      flink_taskmanager_job_task_operator_foreign_writers{job_id="7e5f",operator_name="symbol_features:_Writer",subtask_index="0",} 2.0
      flink_taskmanager_job_task_operator_foreign_writers{operator_name="graph_features:_Writer",job_id="1b2c",} 1.0
      flink_taskmanager_job_task_operator_books_live{job_id="7e5f",operator_name="instruments",} 7.0
      """;

  @Test
  void aLineForEachTopicThatHasAnotherWriter() {
    assertThat(ForeignWritersSeen.of(METRICS))
        .containsExactly(
            "2 producers on symbol_features beside job 7e5f",
            "1 producer on graph_features beside job 1b2c");
  }
}
