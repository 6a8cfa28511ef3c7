/** Books in RocksDB, a level an entry, against the operator of the job. */
package io.streamforge.bench.store;
