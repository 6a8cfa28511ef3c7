package io.streamforge.testkit.reference;

/** A venue without checksums, whose snapshots hold all that its feed keeps up to date. */
final class UnsummedBook extends PlainBook {

  @Override
  long checksum(PlainSide bids, PlainSide asks) {
    throw new IllegalStateException("the venue has no checksum");
  }

  @Override
  int checkedLevels() {
    throw new IllegalStateException("the venue has no checksum");
  }
}
