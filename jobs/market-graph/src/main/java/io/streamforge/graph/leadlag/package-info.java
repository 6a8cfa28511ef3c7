/** Which of two nodes moves first, by the overlapping increments of their mids. */
package io.streamforge.graph.leadlag;
