package io.streamforge.bench.store;

import java.util.function.Function;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Hashes the mids that come out of an operator, and keeps nothing. */
final class MidOutput<O> implements Output<StreamRecord<O>> {
  private final Function<O, MidSample> mid;
  private final MidHashes mids;

  MidOutput(Function<O, MidSample> mid, MidHashes mids) {
    this.mid = mid;
    this.mids = mids;
  }

  @Override
  public void collect(StreamRecord<O> record) {
    mids.add(mid.apply(record.getValue()));
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    throw new IllegalStateException("a book asks for a snapshot: the input has a gap");
  }

  @Override
  public void emitWatermark(Watermark mark) {}

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitWatermark(WatermarkEvent mark) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void close() {}
}
