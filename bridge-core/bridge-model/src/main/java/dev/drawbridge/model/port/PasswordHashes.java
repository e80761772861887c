package dev.drawbridge.model.port;

/// What is kept of passwords, so that nobody who reads the store has them.
public interface PasswordHashes {
    /// What to keep of a password. Slow on purpose.
    String of(String password);

    /// Whether a password is the one that was kept. Slow on purpose.
    ///
    /// @throws IllegalArgumentException if `kept` was not written by [#of]
    boolean fits(String password, String kept);
}
