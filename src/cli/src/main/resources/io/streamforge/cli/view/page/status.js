// How it stands with the data, in words: state, what is said aloud when it changes, and what is read alone.

const OLD_MS = 5_000;
const DEAF_MS = 5_000;

/**
 * @param connection 'connecting', 'open' or 'lost'
 * @param heardMs since the last event
 * @param status the last one, null before the first
 * @param intervalMs between two graphs
 */
export function describe({ connection, heardMs, status, intervalMs, symbols }) {
  const seconds = (ms) => `${Math.round(ms / 1000)} s`;
  if (connection === 'connecting') {
    return ['wait', 'Connecting …', ''];
  }
  if (connection === 'lost' || heardMs > DEAF_MS) {
    return ['lost', 'Connection lost', ` ${seconds(heardMs)} ago, reconnecting …`];
  }
  if (status === null) {
    return ['wait', 'Connected, waiting for data …', ''];
  }
  const leftOut = status.left_out > 0 ? ` · ${status.left_out} records left out` : '';
  const age = status.graph_age_ms === null ? null : status.graph_age_ms + heardMs;
  const last = age === null ? 'no graph yet' : `last graph ${seconds(age)} ago`;
  if (!status.kafka_answers) {
    return ['lost', 'Kafka does not answer', `, ${last}${leftOut}`];
  }
  if (age === null) {
    return ['wait', symbols > 0 ? 'No graph yet' : 'No data yet: the topics are empty', leftOut];
  }
  if (age > Math.max(OLD_MS, 2.5 * intervalMs)) {
    return ['old', 'Nothing new', `: ${last}${leftOut}`];
  }
  return ['live', 'Live', leftOut];
}
