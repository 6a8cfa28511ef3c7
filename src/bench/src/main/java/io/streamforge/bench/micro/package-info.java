/** Parts of the job by themselves, measured by JMH. */
package io.streamforge.bench.micro;
