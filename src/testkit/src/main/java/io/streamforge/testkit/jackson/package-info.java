/** A decoder by Jackson, with which the one of the job is compared. */
package io.streamforge.testkit.jackson;
