/** Commands that connect to live exchanges. */
package io.streamforge.cli.live;
