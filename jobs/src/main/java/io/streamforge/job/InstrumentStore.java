package io.streamforge.job;

import io.streamforge.graph.Utf8Order;
import io.streamforge.market.Instrument;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The instruments of one subtask. They live on the heap; what changed is written to keyed state
 * before a checkpoint, so that a message costs no access to disk. Two states a key, {@code book}
 * and {@code instrument}: bytes that begin with the version of their form.
 */
final class InstrumentStore {
  private static final byte VERSION = 1;

  private static final ValueStateDescriptor<byte[]> BOOK = descriptor("book");
  private static final ValueStateDescriptor<byte[]> INSTRUMENT = descriptor("instrument");

  private final KeyedStateBackend<String> backend;
  private final InstrumentSettings settings;
  private final ValueState<byte[]> books;
  private final ValueState<byte[]> instruments;
  private final TreeMap<String, InstrumentState> byId = new TreeMap<>(Utf8Order.INSTANCE);
  private final Map<String, InstrumentState> lookup = new HashMap<>();
  private final Set<InstrumentState> changedBooks = new LinkedHashSet<>();
  private final Set<InstrumentState> changed = new LinkedHashSet<>();
  private final DataOutputSerializer out = new DataOutputSerializer(1 << 12);

  /** Loads the instruments whose keys the backend holds. */
  InstrumentStore(KeyedStateBackend<String> backend, InstrumentSettings settings) throws Exception {
    this.backend = backend;
    this.settings = settings;
    this.books = state(BOOK);
    this.instruments = state(INSTRUMENT);
    List<String> ids;
    try (Stream<String> keys = backend.getKeys(INSTRUMENT.getName(), VoidNamespace.INSTANCE)) {
      ids = keys.toList();
    }
    for (String id : ids) {
      load(id);
    }
  }

  private static ValueStateDescriptor<byte[]> descriptor(String name) {
    return new ValueStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  private ValueState<byte[]> state(ValueStateDescriptor<byte[]> descriptor) throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
  }

  private void load(String id) throws IOException {
    backend.setCurrentKey(id);
    InstrumentState state = new InstrumentState(Instrument.ofId(id), settings);
    state.readFrom(versioned(instruments.value()));
    state.readBookFrom(versioned(books.value()));
    put(state);
  }

  private static DataInputDeserializer versioned(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "state of an instrument has version %d, this StreamForge reads %d"
              .formatted(version, VERSION));
    }
    return in;
  }

  private void put(InstrumentState state) {
    byId.put(state.instrument().id(), state);
    lookup.put(state.instrument().id(), state);
  }

  /** The state of an instrument, new if there is none. */
  InstrumentState get(Instrument instrument) {
    InstrumentState state = lookup.get(instrument.id());
    if (state == null) {
      state = new InstrumentState(instrument, settings);
      put(state);
      changedBooks.add(state);
    }
    return state;
  }

  /** All instruments, in the order of their ids' UTF-8 bytes. */
  Collection<InstrumentState> all() {
    return byId.values();
  }

  /** Says that an instrument is not as it was. */
  void changed(InstrumentState state, boolean bookToo) {
    changed.add(state);
    if (bookToo) {
      changedBooks.add(state);
    }
  }

  /** Writes what changed since the last call to keyed state; the current key is as before. */
  void flush() throws IOException {
    String keyBefore = backend.getCurrentKey();
    for (InstrumentState state : changed) {
      backend.setCurrentKey(state.instrument().id());
      out.clear();
      out.writeByte(VERSION);
      state.writeTo(out);
      instruments.update(out.getCopyOfBuffer());
    }
    for (InstrumentState state : changedBooks) {
      backend.setCurrentKey(state.instrument().id());
      out.clear();
      out.writeByte(VERSION);
      state.writeBookTo(out);
      books.update(out.getCopyOfBuffer());
    }
    changed.clear();
    changedBooks.clear();
    if (keyBefore != null) {
      backend.setCurrentKey(keyBefore);
    }
  }
}
