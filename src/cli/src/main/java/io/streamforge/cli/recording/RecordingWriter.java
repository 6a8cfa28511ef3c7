package io.streamforge.cli.recording;

import io.streamforge.cli.files.OutFile;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes a recording: JSON lines, gzipped where the name ends in {@code .gz}. */
public final class RecordingWriter implements AutoCloseable {
  private final OutputStream out;
  private long written;

  /**
   * @param file replaced if it exists
   */
  public RecordingWriter(Path file) throws IOException {
    OutputStream bytes = new OutFile(file);
    out = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
  }

  /** Writes the next message in order of receive time. */
  public void write(RawMessage message) throws IOException {
    out.write(RecordingLine.write(message));
    out.write('\n');
    written++;
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
