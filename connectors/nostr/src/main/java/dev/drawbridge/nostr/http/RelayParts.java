package dev.drawbridge.nostr.http;

import dev.drawbridge.model.port.Meters;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.wire.Intake;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What all connections to our relay share.
///
/// @param url where clients find it
/// @param random good enough for secrets
/// @param executor where messages are worked on; may block
public record RelayParts(
        RelayUrl url,
        EventVerifier verifier,
        EventStore store,
        RelayRules rules,
        Intake intake,
        RelayHub hub,
        Departures departures,
        InstantSource clock,
        RandomGenerator random,
        Executor executor,
        Meters meters,
        RelayLimits limits) {}
