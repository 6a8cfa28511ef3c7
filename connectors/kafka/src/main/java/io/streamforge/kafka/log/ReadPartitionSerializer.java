package io.streamforge.kafka.log;

import io.streamforge.market.Instrument;
import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link ReadPartition} in state. */
public final class ReadPartitionSerializer extends VersionedSerializer<ReadPartition> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "read-partition";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(ReadPartition partition, DataOutputView out) throws IOException {
    out.writeUTF(partition.topic());
    out.writeInt(partition.partition());
    out.writeLong(partition.newestUs());
    out.writeInt(partition.books().size());
    for (Instrument book : partition.books()) {
      out.writeUTF(book.venue());
      out.writeUTF(book.symbol());
    }
  }

  @Override
  protected ReadPartition read(int version, DataInputView in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long newestUs = in.readLong();
    int count = in.readInt();
    List<Instrument> books = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      books.add(new Instrument(in.readUTF(), in.readUTF()));
    }
    return new ReadPartition(topic, partition, newestUs, books);
  }
}
