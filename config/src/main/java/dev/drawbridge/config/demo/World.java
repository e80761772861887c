package dev.drawbridge.config.demo;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.net.URI;
import java.time.InstantSource;

/// What the sandbox networks are made with. Their keys are their own: the bridge never sees them.
///
/// @param origin where all three are served, `http://localhost:PORT`
record World(
        URI origin,
        InstantSource clock,
        Signer signer,
        SignatureVerifier verifier,
        OutboundHttp http,
        OutboundSockets sockets) {
    URI resolve(String path) {
        return URI.create(origin + path);
    }

    /// The same place for WebSockets.
    URI socket(String path) {
        return URI.create("ws" + origin.toString().substring("http".length()) + path);
    }
}
