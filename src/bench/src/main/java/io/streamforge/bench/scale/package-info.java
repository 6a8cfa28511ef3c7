/** What more symbols, levels, subtasks and checkpoints cost. */
package io.streamforge.bench.scale;
