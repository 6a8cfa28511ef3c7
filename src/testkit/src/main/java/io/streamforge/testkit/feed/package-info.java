/**
 * Sends a market to the topics of one run of a job, at its pace, and reads what the job puts out.
 */
package io.streamforge.testkit.feed;
