/** The page of the market, served to this machine's browsers. */
package io.streamforge.cli.view;
