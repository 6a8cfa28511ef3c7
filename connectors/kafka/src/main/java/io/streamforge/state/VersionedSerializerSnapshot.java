package io.streamforge.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Says in a savepoint which {@link VersionedSerializer} wrote a state, by its id; the versions are
 * in the values themselves.
 *
 * <p>Flink writes the name of this class into every savepoint, and finds it by that name. So it is
 * the one class that must keep its name and its package for ever.
 */
public final class VersionedSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private VersionedSerializer<T> serializer;

  /** For Flink, which fills it by {@link #readSnapshot}. */
  public VersionedSerializerSnapshot() {}

  /** Says that a serializer wrote a state. */
  public VersionedSerializerSnapshot(VersionedSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return 1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(serializer.id());
  }

  @Override
  @SuppressWarnings("unchecked") // an id is for ever that of the serializer of one type
  public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
    serializer = (VersionedSerializer<T>) SerializerRegistry.find(in.readUTF(), classes);
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return serializer;
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof VersionedSerializerSnapshot<T> that
            && that.serializer.id().equals(serializer.id())
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
