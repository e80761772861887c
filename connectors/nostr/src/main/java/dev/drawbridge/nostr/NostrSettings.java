package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.wire.RelaySettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `drawbridge.nostr.*`.
///
/// @param relays read and published to: `relays`, addresses with commas between
/// @param own our own relay's address
/// @param ownRelay whether we serve it: `own-relay`, on unless said otherwise
/// @param protectCopies whether copies carry NIP-70: `protect-copies`, off unless said otherwise
/// @param mostRelays how many more relays are read because people write there: `most-relays`
/// @param relay how ours is served: `relay-admins`, `relay-difficulty`, `relay-writes-per-minute`
record NostrSettings(
        Set<RelayUrl> relays,
        RelayUrl own,
        boolean ownRelay,
        boolean protectCopies,
        int mostRelays,
        RelayServing relay) {
    private static final String PREFIX = "drawbridge.nostr.";
    private static final String RELAYS = "relays";
    private static final String OWN_RELAY = "own-relay";
    private static final String PROTECT_COPIES = "protect-copies";
    private static final String MOST_RELAYS = "most-relays";

    static final Set<String> KEYS = Stream.concat(
                    Stream.of(RELAYS, OWN_RELAY, PROTECT_COPIES, MOST_RELAYS), RelayServing.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final int USUAL_MOST = 20;
    private static final int HIGHEST_MOST = 200;

    /// Every mistake at once.
    static List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = new ArrayList<>();
        for (String text : settings.list(RELAYS)) {
            relayProblem(text, instance)
                    .ifPresent(problem -> errors.add(
                            new SettingError(PREFIX + RELAYS, problem, "wss://relay.example, wss://other.example")));
        }
        for (String key : List.of(OWN_RELAY, PROTECT_COPIES)) {
            settings.get(key)
                    .filter(v -> !v.equals("true") && !v.equals("false"))
                    .ifPresent(
                            v -> errors.add(new SettingError(PREFIX + key, v + " is neither true nor false", "true")));
        }
        settings.get(MOST_RELAYS)
                .filter(v -> mostRelays(v).isEmpty())
                .ifPresent(v -> errors.add(new SettingError(
                        PREFIX + MOST_RELAYS,
                        v + " is not a number from 0 to " + HIGHEST_MOST,
                        Integer.toString(USUAL_MOST))));
        errors.addAll(RelayServing.check(settings));
        if (settings.get(OWN_RELAY, "true").equals("false")
                && settings.list(RELAYS).isEmpty()) {
            errors.add(new SettingError(
                    PREFIX + RELAYS, "without a relay of our own at least one other is needed", "wss://relay.example"));
        }
        return errors;
    }

    private static Optional<String> relayProblem(String text, InstanceInfo instance) {
        Optional<RelayUrl> url = RelayUrl.tryParse(text);
        if (url.isEmpty()) {
            return Optional.of(text + " is not the address of a relay");
        }
        return url.get().secure() || instance.loopback()
                ? Optional.empty()
                : Optional.of(text + " is not encrypted; only wss:// is allowed");
    }

    private static Optional<Integer> mostRelays(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(n -> n >= 0 && n <= HIGHEST_MOST);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException if [#check] finds a mistake
    static NostrSettings of(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = check(settings, instance);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.toString());
        }
        RelayUrl own = RelayUrl.besideWeb(instance.baseUrl());
        Set<RelayUrl> relays = new LinkedHashSet<>();
        settings.list(RELAYS).forEach(text -> RelayUrl.tryParse(text).ifPresent(relays::add));
        relays.remove(own);
        return new NostrSettings(
                relays,
                own,
                settings.get(OWN_RELAY, "true").equals("true"),
                settings.get(PROTECT_COPIES, "false").equals("true"),
                settings.get(MOST_RELAYS).flatMap(NostrSettings::mostRelays).orElse(USUAL_MOST),
                RelayServing.of(settings));
    }

    RelaySettings wire(boolean insecureAllowed) {
        return new RelaySettings(relays, own, mostRelays, insecureAllowed);
    }

    /// Where ghosts are found, our own relay first.
    List<RelayUrl> homes() {
        List<RelayUrl> homes = new ArrayList<>();
        if (ownRelay) {
            homes.add(own);
        }
        homes.addAll(relays);
        return homes;
    }
}
