/**
 * Order books: levels, checksums, what a sample says of a book, and how books are stored in pages.
 */
package io.streamforge.book;
