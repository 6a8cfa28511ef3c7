package io.streamforge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class VersionedSerializerTest {

  /** Reads the text of version 1, which had no number, and writes version 2. */
  public static final class Second extends VersionedSerializer<String> {
    @Override
    protected int version() {
      return 2;
    }

    @Override
    protected void write(String value, DataOutputView out) throws IOException {
      out.writeUTF(value);
      out.writeInt(7);
    }

    @Override
    protected String read(int version, DataInputView in) throws IOException {
      String text = in.readUTF();
      return version == 1 ? text : text + in.readInt();
    }
  }

  /** Another serializer of the same type. */
  public static final class Other extends VersionedSerializer<String> {
    @Override
    protected int version() {
      return 1;
    }

    @Override
    protected void write(String value, DataOutputView out) throws IOException {
      out.writeUTF(value);
    }

    @Override
    protected String read(int version, DataInputView in) throws IOException {
      return in.readUTF();
    }
  }

  private final TypeSerializer<String> second = new Second();
  private final TypeSerializer<String> other = new Other();

  @Test
  void readsEarlierVersionsAndItsOwnAndNoLater() throws IOException {
    assertThat(second.deserialize(in(bytes(other, "a")))).isEqualTo("a");
    assertThat(second.deserialize("reused", in(bytes(second, "a")))).isEqualTo("a7");
    assertThatThrownBy(() -> other.deserialize(in(bytes(second, "a"))))
        .isInstanceOf(IOException.class)
        .hasMessage("Other reads versions 1 to 1, found 2: was it written by a newer StreamForge?");
  }

  @Test
  void aSnapshotIsReadAsItWasWritten() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, second.snapshotConfiguration());
    TypeSerializerSnapshot<String> old =
        TypeSerializerSnapshot.readVersionedSnapshot(
            in(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(old.restoreSerializer()).isInstanceOf(Second.class).isEqualTo(second);
    assertThat(second.snapshotConfiguration().resolveSchemaCompatibility(old).isCompatibleAsIs())
        .isTrue();
    assertThat(other.snapshotConfiguration().resolveSchemaCompatibility(old).isIncompatible())
        .isTrue();
  }

  @Test
  void serializersAreEqualByClass() throws Exception {
    assertThat(second).isEqualTo(second.duplicate()).hasSameHashCodeAs(second.duplicate());
    assertThat(second).isNotEqualTo(other);
    assertThat(InstantiationUtil.clone(second)).isEqualTo(second);
    assertThat(second.isImmutableType()).isTrue();
    assertThat(second.getLength()).isEqualTo(-1);
    String value = "same";
    assertThat(second.copy(value)).isSameAs(value);
  }

  @Test
  void theTypeInformationMakesTheSerializer() {
    SerializerTypeInformation<String> type =
        new SerializerTypeInformation<>(String.class, new Second());
    assertThat(type.createSerializer(new SerializerConfigImpl())).isEqualTo(second);
    assertThat(type)
        .isEqualTo(new SerializerTypeInformation<>(String.class, new Second()))
        .isNotEqualTo(new SerializerTypeInformation<>(String.class, new Other()));
    assertThat(type.getTypeClass()).isEqualTo(String.class);
    assertThat(type.isKeyType()).isFalse();
  }

  private static byte[] bytes(TypeSerializer<String> serializer, String value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static DataInputDeserializer in(byte[] bytes) {
    return new DataInputDeserializer(bytes);
  }
}
