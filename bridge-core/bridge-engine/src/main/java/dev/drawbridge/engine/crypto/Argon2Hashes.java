package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.PasswordHashes;
import java.security.SecureRandom;

/// [PasswordHash] for connectors.
///
/// @param random for salts
public record Argon2Hashes(SecureRandom random) implements PasswordHashes {
    @Override
    public String of(String password) {
        return PasswordHash.of(password, random);
    }

    @Override
    public boolean fits(String password, String kept) {
        return PasswordHash.fits(password, kept);
    }
}
