package dev.drawbridge.atproto.store;

/// Another process publishes the event stream of this store, so nothing is changed here.
public final class NotPublishing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPublishing(String message) {
        super(message, null, false, false);
    }
}
