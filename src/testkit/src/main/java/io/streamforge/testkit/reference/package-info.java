/** A second, plain implementation of all that the job publishes: it shares nothing with the job. */
package io.streamforge.testkit.reference;
