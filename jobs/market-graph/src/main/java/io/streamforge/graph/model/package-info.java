/** What every part of a graph is told: its settings, and what an instrument brings to a sample. */
package io.streamforge.graph.model;
