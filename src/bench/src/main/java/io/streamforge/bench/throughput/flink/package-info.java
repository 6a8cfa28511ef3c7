/** Jobs on Flink as contestants: ours, and one as the documentation has it. */
package io.streamforge.bench.throughput.flink;
