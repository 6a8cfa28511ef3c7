package io.streamforge.cli.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes a recording: JSON lines, gzipped where the name ends in {@code .gz}. */
public final class RecordingWriter implements AutoCloseable {
  private static final ObjectWriter LINE = new ObjectMapper().writer();

  private final OutputStream out;
  private long written;

  /**
   * @param file replaced if it exists
   */
  public RecordingWriter(Path file) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    out = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
  }

  /** Writes the next message in order of receive time. */
  public void write(RecordedMessage message) throws IOException {
    out.write(LINE.writeValueAsBytes(message));
    out.write('\n');
    written++;
  }

  /** Writes the next message of a generated market. */
  public void write(RawMessage message) throws IOException {
    write(
        new RecordedMessage(
            message.topic(),
            message.key(),
            message.venue(),
            message.receiveTimeUs(),
            message.value()));
  }

  /** Messages written so far. */
  public long written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    out.close(); // may be called twice
  }
}
