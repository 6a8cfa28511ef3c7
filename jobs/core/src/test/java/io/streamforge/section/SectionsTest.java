package io.streamforge.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SectionsTest {
  private static final Section ONE = Section.of(1, "one");
  private static final Section TWO = Section.of(2, "two");

  /** Writes a state. */
  private interface State {
    void writeTo(SectionWriter sections) throws IOException;
  }

  private static SectionReader read(State state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    SectionWriter sections = new SectionWriter(out);
    state.writeTo(sections);
    sections.end();
    out.writeInt(42); // what follows
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    SectionReader read = new SectionReader(in);
    assertThat(in.readInt()).isEqualTo(42);
    return read;
  }

  /** Whatever was written and whatever is known: what is both is read, and nothing else. */
  @Property
  void whatIsKnownIsReadAndTheRestPassedOver(
      @ForAll Map<@ByteRange(min = 1) Byte, byte[]> written,
      @ForAll @Size(max = 10) Set<@ByteRange(min = 1) Byte> alsoKnown)
      throws IOException {
    SectionReader sections =
        read(
            out -> {
              for (Map.Entry<Byte, byte[]> each : written.entrySet()) {
                out.write(
                    Section.of(each.getKey(), "s"), content -> content.write(each.getValue()));
              }
            });
    Map<Byte, byte[]> found = new TreeMap<>();
    for (byte id : alsoKnown) {
      sections.read(
          Section.of(id, "s"),
          in -> {
            byte[] bytes = new byte[written.get(id).length];
            in.readFully(bytes);
            found.put(id, bytes);
          });
    }
    Map<Byte, byte[]> expected = new TreeMap<>(written);
    expected.keySet().retainAll(alsoKnown);
    assertThat(found).containsExactlyEntriesOf(expected);
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    SectionReader sections =
        read(out -> out.write(new Section(1, 2, "one"), content -> content.writeLong(7)));
    assertThatThrownBy(() -> sections.read(ONE, DataInput::readLong))
        .isInstanceOf(IOException.class)
        .hasMessage("section one of the state has version 2, this StreamForge reads 1");
  }

  @Test
  void aSectionIsReadToItsEnd() throws IOException {
    SectionReader sections = read(out -> out.write(TWO, content -> content.writeLong(7)));
    assertThatThrownBy(() -> sections.read(TWO, DataInput::readInt))
        .isInstanceOf(IOException.class)
        .hasMessage("section two of the state has 8 bytes, and 4 are left when it is read");
  }

  @Test
  void twoOfOneIdAreRefused() {
    assertThatThrownBy(() -> read(out -> out.write(ONE, o -> {}).write(ONE, o -> {})))
        .isInstanceOf(IOException.class)
        .hasMessage("section 1 is stored twice");
  }

  @Test
  void anIdFitsAByte() {
    assertThatThrownBy(() -> Section.of(128, "far"))
        .hasMessage("section far has id 128 and version 1: both are 1 to 127");
  }

  @Property
  void valuesThatDoNotExistTakeNoRoomAndMoreOrFewerMayBeRead(
      @ForAll @Size(max = 63) double[] values, @ForAll @ByteRange(max = 63) byte places)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SparseValues.write(new DataOutputStream(bytes), values);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    double[] read = SparseValues.read(in, places);
    assertThat(in.available()).isZero();
    for (int i = 0; i < places; i++) {
      double expected = i < values.length ? values[i] : Double.NaN;
      assertThat((Double) read[i]).isEqualTo((Object) expected);
    }
  }
}
