/** A recording played through the whole job while a terminal shows the market. */
package io.streamforge.cli.demo;
