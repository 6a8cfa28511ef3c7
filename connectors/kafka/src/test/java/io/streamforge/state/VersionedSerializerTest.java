package io.streamforge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionedSerializerTest {

  /** Reads the text of version 1, which had no number, and writes version 2. */
  public static final class Second extends VersionedSerializer<String> {
    @Override
    public String id() {
      return "second";
    }

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

  /** A serializer that writes one version alone. */
  private abstract static class First extends VersionedSerializer<String> {
    private final String id;

    First(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

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

  /** Another serializer of the same type. */
  public static final class Other extends First {
    public Other() {
      super("other");
    }
  }

  /** One that the service file of the tests does not list, with the id of another. */
  public static final class Twin extends First {
    public Twin() {
      super("second");
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

  /** Flink writes this name, and the ids, into savepoints: neither may ever change. */
  @Test
  void aSnapshotIsTheNameOfItsOwnClassAndAnIdAndNoOtherName() throws IOException {
    DataOutputSerializer expected = new DataOutputSerializer(64);
    expected.writeUTF("io.streamforge.state.VersionedSerializerSnapshot");
    expected.writeInt(1);
    expected.writeUTF("second");
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, second.snapshotConfiguration());
    assertThat(out.getCopyOfBuffer()).isEqualTo(expected.getCopyOfBuffer());
  }

  @Test
  void anUnknownIdIsNamed() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF("third");
    assertThatThrownBy(
            () ->
                new VersionedSerializerSnapshot<String>()
                    .readSnapshot(1, in(out.getCopyOfBuffer()), getClass().getClassLoader()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was written by the serializer \"third\", and the job has only [")
        .hasMessageContaining("other, ")
        .hasMessageEndingWith("is a jar missing, or older than the one that wrote the state?");
  }

  @Test
  void twoSerializersOfOneIdAreRefused(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(VersionedSerializer.class.getName()), Twin.class.getName() + "\n");
    try (URLClassLoader classes =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      assertThatThrownBy(() -> SerializerRegistry.find("other", classes))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Second.class.getName())
          .hasMessageContaining(Twin.class.getName())
          .hasMessageContaining("have one id, \"second\"");
    }
  }

  /** Before anything is written that could not be read again. */
  @Test
  void aSerializerThatIsNotListedIsRefused() {
    assertThatThrownBy(() -> new Twin().snapshotConfiguration())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Twin.class.getName() + " is not listed in META-INF/services/");
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
