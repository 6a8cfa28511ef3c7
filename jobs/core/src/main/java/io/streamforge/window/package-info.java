/** Series of values on grids of time or volume, and how they are stored pane by pane. */
package io.streamforge.window;
