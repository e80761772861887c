package dev.drawbridge.model.spi;

import java.net.URI;
import java.time.Instant;

/// What the owner of a stand-in needs to take it to another server of its network. Shown to them once, and kept
/// nowhere in this form.
///
/// @param host the server it is on now: ours
/// @param name by which a program signs in there
/// @param password with which it does
/// @param code that confirms the last step, which cannot be taken back
/// @param until from then on neither is good any more
public record MovingOut(URI host, String name, String password, String code, Instant until) {
    /// Without what nobody else may know.
    @Override
    public String toString() {
        return "MovingOut[" + name + " on " + host + " until " + until + ']';
    }
}
