/** What a fake exchange plays: a recording, its clock and its times, and the books it makes. */
package io.streamforge.testkit.exchange.market;
