package io.streamforge.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * Remembers which {@link VersionedSerializer} wrote a state; the versions are in the values
 * themselves.
 */
public final class VersionedSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private Class<? extends TypeSerializer<T>> serializer;

  /** For Flink, which fills it by {@link #readSnapshot}. */
  public VersionedSerializerSnapshot() {}

  VersionedSerializerSnapshot(VersionedSerializer<T> serializer) {
    this.serializer = classOf(serializer);
  }

  static <T> TypeSerializer<T> instantiate(VersionedSerializer<T> serializer) {
    return InstantiationUtil.instantiate(classOf(serializer));
  }

  @SuppressWarnings("unchecked")
  private static <T> Class<? extends TypeSerializer<T>> classOf(VersionedSerializer<T> serializer) {
    return (Class<? extends TypeSerializer<T>>) serializer.getClass();
  }

  @Override
  public int getCurrentVersion() {
    return 1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(serializer.getName());
  }

  @Override
  public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
      throws IOException {
    serializer = InstantiationUtil.resolveClassByName(in, classLoader);
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return InstantiationUtil.instantiate(serializer);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof VersionedSerializerSnapshot<T> that && that.serializer == serializer
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
