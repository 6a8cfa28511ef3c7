package io.streamforge.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A hand-written serializer whose every value begins with the version of its form, so that bytes of
 * each earlier version can be read for ever and those of a later one are refused. Subclasses are
 * public, have no state and a public constructor without arguments, and are listed for the {@link
 * SerializerRegistry}; values are never changed after they were handed over.
 */
public abstract class VersionedSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1;

  /** What stands for this serializer in savepoints, and for no other: it never changes. */
  public abstract String id();

  /** The version that is written, 1 to 127. */
  protected abstract int version();

  /** Writes the current version's form. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads the form of a version from 1 to {@link #version()}. */
  protected abstract T read(int version, DataInputView in) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(version());
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int found = in.readByte();
    if (found < 1 || found > version()) {
      throw new IOException(
          "%s reads versions 1 to %d, found %d: was it written by a newer StreamForge?"
              .formatted(getClass().getSimpleName(), version(), found));
    }
    return read(found, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    SerializerRegistry.checkListed(this);
    return new VersionedSerializerSnapshot<>(this);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof VersionedSerializer<?> that && that.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
