package io.streamforge.kafka;

import io.streamforge.time.SampleGrid;
import io.streamforge.time.SampleSweep;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one partition. It follows the newest receive time, so that no accepted record is
 * ever behind it, and is emitted when it completes a sample, not on a period.
 */
public final class SampleWatermarks implements WatermarkGenerator<RawRecord> {
  private final TimePolicy time;
  private final long intervalUs;
  private long newestReceiveUs = Long.MIN_VALUE;
  private long completeSampleUs = Long.MIN_VALUE;

  public SampleWatermarks(TimePolicy time, long intervalUs) {
    this.time = time;
    this.intervalUs = intervalUs;
  }

  @Override
  public void onEvent(RawRecord record, long eventTimestamp, WatermarkOutput output) {
    if (record.receiveTimeUs() > newestReceiveUs) { // also: has one
      newestReceiveUs = record.receiveTimeUs();
      long completeUs = time.completeUntilUs(newestReceiveUs);
      long sampleUs = SampleGrid.until(completeUs, intervalUs);
      if (sampleUs > completeSampleUs) {
        completeSampleUs = sampleUs;
        output.emitWatermark(new Watermark(SampleSweep.watermarkMs(completeUs)));
      }
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Everything was said when it happened.
  }
}
