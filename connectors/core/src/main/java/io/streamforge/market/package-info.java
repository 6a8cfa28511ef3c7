/**
 * Events of a market as they are handed on: trades, changes of books, and the instruments that they
 * are of.
 */
package io.streamforge.market;
