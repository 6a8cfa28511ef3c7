/** Exchanges that play recordings to whoever subscribes, as the venues themselves would. */
package io.streamforge.testkit.exchange;
