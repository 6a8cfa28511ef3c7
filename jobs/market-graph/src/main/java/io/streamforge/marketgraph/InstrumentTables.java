package io.streamforge.marketgraph;

import io.streamforge.book.OrderBook;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.market.Instrument;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The keyed state of instruments, in pages: {@code book} for the book's levels, {@code instrument}
 * for the panes of windows and trades that wait, and in each, as page {@value #HEADER}, all else
 * and what finds the other pages. What is stored begins with the version of its form; the rest of a
 * header is sections, so that a later version may add some and drop others. The backend's current
 * key is as before after each call.
 */
final class InstrumentTables {
  private static final byte VERSION = 1;
  private static final PrimitiveArrayTypeInfo<byte[]> BYTES =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  private static final long HEADER = -1;
  private static final MapStateDescriptor<Long, byte[]> INSTRUMENT =
      new MapStateDescriptor<>("instrument", Types.LONG, BYTES);
  private static final MapStateDescriptor<Long, byte[]> BOOK =
      new MapStateDescriptor<>("book", Types.LONG, BYTES);

  private final KeyedStateBackend<String> backend;
  private final InstrumentSettings settings;
  private final MapState<Long, byte[]> instruments;
  private final MapState<Long, byte[]> books;
  private final DataOutputSerializer out = new DataOutputSerializer(1 << 12);

  InstrumentTables(KeyedStateBackend<String> backend, InstrumentSettings settings)
      throws Exception {
    this.backend = backend;
    this.settings = settings;
    this.instruments = state(INSTRUMENT);
    this.books = state(BOOK);
  }

  private <S extends State> S state(StateDescriptor<S, ?> descriptor) throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
  }

  /** The ids of all instruments. */
  List<String> ids() {
    try (Stream<String> keys = backend.getKeys(INSTRUMENT.getName(), VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  /** An instrument of which nothing is stored. */
  InstrumentState begin(Instrument instrument) {
    return new InstrumentState(instrument, settings, new OwnPages(instrument.id()));
  }

  /** An instrument without its book. */
  InstrumentState read(String id) throws Exception {
    InstrumentState state = begin(Instrument.ofId(id));
    withKey(id, () -> state.readFrom(versioned(instruments.get(HEADER))));
    return state;
  }

  /** Writes all but the book. */
  void write(InstrumentState state) throws Exception {
    if (state.windows().haveEndedPanes()) {
      writeEndedPanes(state);
    }
    withKey(
        state.instrument().id(),
        () -> {
          beginVersioned();
          state.writeTo(out);
          instruments.put(HEADER, out.getCopyOfBuffer());
        });
  }

  /** Writes the panes that have ended, and deletes those that are over. */
  void writeEndedPanes(InstrumentState state) throws Exception {
    withKey(
        state.instrument().id(),
        () -> {
          StoredPages ended = new StoredPages(instruments);
          state.windows().putEndedPanes(ended);
          ended.write();
        });
  }

  /** The book of an instrument, empty if none was written. */
  OrderBook readBook(Instrument instrument) throws Exception {
    OrderBook book = new OrderBook(settings.book());
    withKey(
        instrument.id(),
        () -> {
          byte[] header = books.get(HEADER);
          if (header != null) {
            book.readFrom(versioned(header), new StoredPages(books), instrument);
          }
        });
    return book;
  }

  /** Writes what changed of a book. */
  void writeBook(Instrument instrument, OrderBook book) throws Exception {
    withKey(
        instrument.id(),
        () -> {
          beginVersioned();
          StoredPages changed = new StoredPages(books);
          book.writeTo(out, changed);
          changed.put(HEADER, out.getCopyOfBuffer());
          changed.write();
        });
  }

  /** Forgets an instrument. */
  void delete(String id) throws Exception {
    withKey(
        id,
        () -> {
          instruments.clear();
          books.clear();
        });
  }

  private void beginVersioned() throws IOException {
    out.clear();
    out.writeByte(VERSION);
  }

  private static DataInput versioned(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "state of an instrument has version %d, this StreamForge reads %d"
              .formatted(version, VERSION));
    }
    return in;
  }

  private void withKey(String id, ThrowingRunnable<Exception> action) throws Exception {
    String keyBefore = backend.getCurrentKey();
    backend.setCurrentKey(id);
    try {
      action.run();
    } finally {
      if (keyBefore != null) {
        backend.setCurrentKey(keyBefore);
      }
    }
  }

  /** The pages of one instrument, whatever the current key; each is written when it is put. */
  private final class OwnPages implements PageStore {
    private final String id;

    OwnPages(String id) {
      this.id = id;
    }

    @Override
    public byte[] get(long page) throws IOException {
      byte[][] bytes = new byte[1][];
      access(() -> bytes[0] = new StoredPages(instruments).get(page));
      return bytes[0];
    }

    @Override
    public void put(long page, byte[] bytes) throws IOException {
      access(() -> instruments.put(page, bytes));
    }

    @Override
    public void remove(long page) throws IOException {
      access(() -> instruments.remove(page));
    }

    private void access(ThrowingRunnable<Exception> action) throws IOException {
      try {
        withKey(id, action);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** The pages of the current key; those put are gathered, to be written at once. */
  private final class StoredPages implements PageStore {
    private final MapState<Long, byte[]> pages;
    private final Map<Long, byte[]> puts = new HashMap<>();

    StoredPages(MapState<Long, byte[]> pages) {
      this.pages = pages;
    }

    @Override
    public byte[] get(long page) throws IOException {
      try {
        byte[] bytes = pages.get(page);
        if (bytes == null) {
          throw new IOException("page %d of %s is lost".formatted(page, backend.getCurrentKey()));
        }
        return bytes;
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public void put(long page, byte[] bytes) {
      puts.put(page, bytes);
    }

    @Override
    public void remove(long page) throws IOException {
      try {
        pages.remove(page);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    void write() throws Exception {
      pages.putAll(puts);
    }
  }
}
