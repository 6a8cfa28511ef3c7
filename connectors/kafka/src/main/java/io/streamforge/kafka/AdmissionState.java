package io.streamforge.kafka;

import io.streamforge.admission.Admission;
import io.streamforge.admission.KnownInstruments;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * An {@link Admission} in operator state. Every subtask is given the instruments of all partitions,
 * for after a restore its own may be others. Each writes those of the partitions that it reads.
 * What is stored of a partition that nobody has read since is written by one of them.
 */
final class AdmissionState {
  private static final ListStateDescriptor<KnownInstruments> INSTRUMENTS =
      new ListStateDescriptor<>("instruments", new KnownInstrumentsSerializer());

  private final Admission admission;
  private final ListState<KnownInstruments> state;
  private final int subtask;
  private final int subtasks;

  /** Takes up what is stored. */
  AdmissionState(Admission admission, StateInitializationContext context, int subtask, int subtasks)
      throws Exception {
    this.admission = admission;
    this.subtask = subtask;
    this.subtasks = subtasks;
    state = context.getOperatorStateStore().getUnionListState(INSTRUMENTS);
    state.get().forEach(admission::restore);
  }

  /** Writes what a checkpoint needs. */
  void write() throws Exception {
    List<KnownInstruments> written = new ArrayList<>(admission.read());
    for (KnownInstruments unread : admission.unread()) {
      if (unread.partition() % subtasks == subtask) {
        written.add(unread);
      }
    }
    state.update(written);
  }
}
