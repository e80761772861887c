package dev.drawbridge.config.demo;

import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/// Worlds for tests: real keys, a clock that stands still, and whatever web the test wants.
final class Worlds {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Worlds() {}

    static World with(OutboundHttp http) {
        var random = new SecureRandom();
        var cryptography = Cryptography.portable();
        return new World(
                URI.create("http://localhost:4000"),
                InstantSource.fixed(NOW),
                cryptography.signer(new SandboxKeys(), MasterKeys.inMemory(random), random),
                cryptography,
                http,
                (uri, max, session) -> {
                    throw new OutboundHttp.OutboundException(OutboundHttp.Failure.UNREACHABLE, "nobody");
                });
    }

    static World alone() {
        return with(request -> {
            throw new OutboundHttp.OutboundException(OutboundHttp.Failure.UNREACHABLE, "nobody");
        });
    }
}
