package dev.drawbridge.model.port;

import java.time.Instant;

/// Which notices were written: each is written once. Keeps digests, so that nothing is told about people from it.
public interface Notices {
    /// Notes that `notice` is written because of `cause`.
    ///
    /// @param notice who is told what, the same words each time
    /// @param cause the event that makes it due
    /// @return false if something else was the cause before; the same cause, done again, writes it again
    boolean first(String notice, String cause);

    /// The same for what cannot be due any more after a while.
    ///
    /// @param until from then on [#forget(Instant)] may forget it
    boolean first(String notice, String cause, Instant until);

    /// Notes for good that `notice` is written, for what must not be written twice even if what wrote it is done again.
    ///
    /// @return false if it was noted before, whatever the cause was
    boolean once(String notice);

    /// Forgets what may be forgotten by now; what has no end stays.
    ///
    /// @return how many there were
    long forget(Instant now);

    /// Whether it was written, because of whatever.
    boolean written(String notice);
}
