package dev.drawbridge.model.port;

/// Which notices were written: each is written once. Keeps digests, so that nothing is told about people from it.
public interface Notices {
    /// Notes that `notice` is written because of `cause`.
    ///
    /// @param notice who is told what, the same words each time
    /// @param cause the event that makes it due
    /// @return false if something else was the cause before; the same cause, done again, writes it again
    boolean first(String notice, String cause);

    /// Whether it was written, because of whatever.
    boolean written(String notice);
}
