/** What a job under measurement is given to work off, and with which settings. */
package io.streamforge.bench.load;
