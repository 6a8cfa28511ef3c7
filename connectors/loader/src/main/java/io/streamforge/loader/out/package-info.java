/** What leaves the loader: records in the order of their receipt, held in bounded memory. */
package io.streamforge.loader.out;
