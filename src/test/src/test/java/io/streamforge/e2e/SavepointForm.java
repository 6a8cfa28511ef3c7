package io.streamforge.e2e;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/**
 * What a savepoint says of the form of its state, a line each: operators by uid and how far each
 * can be split, the states that each has by kind and name, and who wrote their keys and values.
 */
final class SavepointForm {
  private static final ClassLoader CLASSES = SavepointForm.class.getClassLoader();

  private final TreeSet<String> lines = new TreeSet<>();

  private SavepointForm() {}

  static List<String> read(Path savepoint) throws IOException {
    SavepointForm form = new SavepointForm();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(savepoint.resolve("_metadata"))))) {
      String pointer = savepoint.toAbsolutePath().toUri().toString();
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, CLASSES, pointer).getOperatorStates()) {
        form.add(operator);
      }
    }
    return List.copyOf(form.lines);
  }

  private void add(OperatorState operator) throws IOException {
    String uid = operator.getOperatorUid().orElse(operator.getOperatorID().toString());
    lines.add("%s: max parallelism %d".formatted(uid, operator.getMaxParallelism()));
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (KeyedStateHandle keyed : subtask.getManagedKeyedState()) {
        var proxy = new KeyedBackendSerializationProxy<>(CLASSES);
        read((StreamStateHandle) keyed, proxy::read);
        add(uid + ": key", proxy.getKeySerializerSnapshot());
        proxy.getStateMetaInfoSnapshots().forEach(state -> add(uid, state));
      }
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        var proxy = new OperatorBackendSerializationProxy(CLASSES);
        read(handle, proxy::read);
        proxy.getOperatorStateMetaInfoSnapshots().forEach(state -> add(uid, state));
        proxy.getBroadcastStateMetaInfoSnapshots().forEach(state -> add(uid, state));
      }
    }
  }

  /** Reads what stands before the state. */
  private interface Header {
    void read(DataInputView in) throws IOException;
  }

  private static void read(StreamStateHandle handle, Header header) throws IOException {
    try (FSDataInputStream in = handle.openInputStream()) {
      header.read(new DataInputViewStreamWrapper(in));
    }
  }

  private void add(String uid, StateMetaInfoSnapshot state) {
    String name =
        "%s: %s %s %s"
            .formatted(
                uid,
                state.getBackendStateType(),
                state.getName(),
                new TreeMap<>(state.getOptionsImmutable()));
    state.getSerializerSnapshotsImmutable().forEach((of, written) -> add(name + ' ' + of, written));
  }

  private void add(String what, TypeSerializerSnapshot<?> serializer) {
    DataOutputSerializer out = new DataOutputSerializer(256);
    try {
      TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer);
    } catch (IOException e) {
      throw new IllegalStateException(e); // it writes to memory
    }
    String text = new String(out.getCopyOfBuffer(), StandardCharsets.ISO_8859_1);
    lines.add(what + " by " + text.replaceAll("[^ -~]+", " ").strip());
  }
}
