/** What every Flink job here is started with: its settings, arguments and preferences. */
package io.streamforge.runtime;
