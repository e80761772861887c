package dev.drawbridge.atproto.store;

/// Error codes of the MongoDB protocol that mean something here.
final class MongoCodes {
    /// A unique index refused a second document.
    static final int DUPLICATE_KEY = 11000;

    private MongoCodes() {}
}
