package dev.drawbridge.feed.object;

/// What was fetched is no feed, or not one that is read. The message is for the operator and quotes nothing of it.
public final class BadFeed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadFeed(String message) {
        super(message);
    }
}
