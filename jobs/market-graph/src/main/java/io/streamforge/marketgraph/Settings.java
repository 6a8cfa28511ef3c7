package io.streamforge.marketgraph;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.kafka.KafkaConnection;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.runtime.InstrumentOptions;
import io.streamforge.runtime.JobSettings;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The job's settings, checked, and what the job is built of by them. */
public final class Settings {
  private final JobSettings job;
  private final InstrumentRegistry registry;

  /**
   * Reads settings.
   *
   * @param values by keys with or without {@value SettingKey#PREFIX}
   * @throws SettingsException if one is unknown or cannot be
   */
  public Settings(Map<String, String> values) {
    this(new JobSettings(MarketGraphOptions.JOB, values));
  }

  Settings(JobSettings job) {
    this.job = job;
    this.registry = InstrumentOptions.registry(job);
    GraphRecordLimit.checkProducer(this);
  }

  /** The settings by themselves. */
  JobSettings job() {
    return job;
  }

  /** A setting's value. */
  public <T> T get(ConfigOption<T> option) {
    return job.get(option);
  }

  /** The job's name. */
  public String name() {
    return job.names().name(job);
  }

  /** The job's name as Flink shows it. */
  public String title() {
    return "StreamForge market graph" + (job.names().isDefault(job) ? "" : ", " + name());
  }

  /** The job's way to Kafka. */
  public KafkaConnection kafka() {
    return MarketGraphOptions.KAFKA.connection(job);
  }

  public String bootstrapServers() {
    return kafka().bootstrapServers();
  }

  /** Further properties for Kafka's clients. */
  public Properties kafkaProperties() {
    Properties properties = new Properties();
    properties.putAll(kafka().properties());
    return properties;
  }

  public DeliveryGuarantee deliveryGuarantee() {
    return kafka().guarantee();
  }

  /** When records count. */
  public TimePolicy time() {
    return MessageOptions.time(job);
  }

  /** How far from the broker's clock a receive time is believed. */
  public ReceiptBounds receipts() {
    return MessageOptions.receipts(job);
  }

  /** Distance between samples, microseconds. */
  public long intervalUs() {
    return job.micros(GraphOptions.INTERVAL);
  }

  /** A reader of messages under these settings. */
  public MessageDecoder messageDecoder() {
    return new MessageDecoder(time(), maxMessageBytes(), marketEventsTopic().isPresent());
  }

  /** The topic of trades and of what books say as they change, if they are to be written. */
  public Optional<String> marketEventsTopic() {
    return Optional.ofNullable(get(MarketGraphOptions.MARKET_EVENTS_TOPIC));
  }

  /** What samples are to come of events under these settings, before the first event. */
  public ExpectedSamples expectedSamples() {
    return new ExpectedSamples(intervalUs(), job.micros(InstrumentOptions.IDLE_AFTER));
  }

  int maxMessageBytes() {
    return MessageOptions.maxMessageBytes(job);
  }

  /** Which instruments are taken. */
  public AdmissionRule admission() {
    return InstrumentOptions.admission(job, registry);
  }

  public InstrumentSettings instruments() {
    return MarketGraphOptions.INSTRUMENTS.instruments(job, registry);
  }

  /** What every graph is made with. */
  public GraphSettings graph() {
    return GraphOptions.graph(job, registry);
  }

  /** Which graph an instrument is a node of. */
  public GraphGroup graphGroup() {
    return GraphOptions.group(job);
  }
}
