package io.streamforge.bench.store;

import io.streamforge.market.MarketEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.FileUtils;

/**
 * One subtask of a contestant's operator, with RocksDB and incremental checkpoints in temporary
 * folders, as in the only slot of a TaskManager of 2 GB. There is no task around it, so that only
 * the operator and its state are measured.
 */
final class Subtask<O> implements AutoCloseable {
  // What Flink leaves for RocksDB of taskmanager.memory.process.size 2g with its other defaults:
  // 40 % of 2048 MB less 256 MB of metaspace and 10 % of overhead.
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(635);
  private static final int KEY_GROUPS = 256;

  private final Path folder;
  private final MockEnvironment environment;
  private final KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, O> harness;
  private final CheckpointStorageAccess storage;
  private final MidHashes mids = new MidHashes();
  private long checkpoints;

  /**
   * @param counters counts RocksDB's operations; null for none
   */
  Subtask(BookKeeping<O> contestant, RocksDbCounters counters) throws Exception {
    folder = Files.createTempDirectory("sf-bench-"); // short: RocksDB takes no long paths
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend(true)
            .configure(contestant.flink(), Subtask.class.getClassLoader());
    backend.setDbStoragePath(folder.toString());
    // Given outright: the harness's slot would keep half of it for the operator.
    backend.getMemoryConfiguration().setUseManagedMemory(false);
    backend.getMemoryConfiguration().setFixedMemoryPerSlot(MANAGED_MEMORY);
    if (counters != null) {
      backend.setRocksDBOptions(counters);
    }
    environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(KEY_GROUPS)
            .setParallelism(1)
            .setSubtaskIndex(0)
            .build();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            contestant.operator().get(),
            event -> event.instrument().id(),
            Types.STRING,
            environment);
    harness.setStateBackend(backend);
    harness.setOutputCreator(serializer -> new MidOutput<>(contestant.mid(), mids));
    harness.setup();
    harness.open();
    storage =
        new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri())
            .createCheckpointStorage(new JobID());
    storage.initializeBaseLocationsForCheckpoint();
  }

  void process(StreamRecord<MarketEvent> event) throws Exception {
    harness.processElement(event);
  }

  /** All that happened before a time is here. */
  void completeUntil(long timeUs) throws Exception {
    harness.processWatermark(new Watermark(timeUs / 1000 - 1));
  }

  /** Takes the next checkpoint, and returns when it is complete. */
  Checkpoint checkpoint() throws Exception {
    long id = ++checkpoints;
    CheckpointStreamFactory streams =
        storage.resolveCheckpointStorageLocation(
            id, CheckpointStorageLocationReference.getDefault());
    long beganNs = System.nanoTime();
    harness.prepareSnapshotPreBarrier(id);
    long preparedNs = System.nanoTime();
    OperatorSnapshotFutures parts =
        harness
            .getOperator()
            .snapshotState(id, id, CheckpointOptions.forCheckpointWithDefaultLocation(), streams);
    long syncNs = System.nanoTime();
    OperatorSubtaskState state = OperatorSnapshotFinalizer.create(parts).getJobManagerOwnedState();
    long doneNs = System.nanoTime();
    harness.notifyOfCompletedCheckpoint(id);
    return new Checkpoint(
        preparedNs - beganNs,
        syncNs - preparedNs,
        doneNs - syncNs,
        state.getCheckpointedSize(),
        state.getStateSize());
  }

  /** The mids that came out so far. */
  MidHashes mids() {
    return mids;
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
    FileUtils.deleteDirectory(folder.toFile());
  }
}
