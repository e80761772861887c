package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.translate.NostrTranslator;
import dev.drawbridge.nostr.wire.RelaySettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `drawbridge.nostr.*`.
///
/// @param relays read for what is said to ours: `relays`, addresses with commas between; where our people live if we
/// have no relay of our own
/// @param indexers told who our people are and where they are found: `indexers`, two at most
/// @param own our own relay's address
/// @param ownRelay whether we serve it: `own-relay`, on unless said otherwise
/// @param protectCopies whether copies that stay on our relay carry NIP-70: `protect-copies`, on unless said otherwise
/// @param editWindow how long after it was written a note is replaced when it is edited: `edit-window`, 30 days
/// at most
/// @param mostRelays how many more relays are read because people write there: `most-relays`
/// @param relay how ours is served: `relay-admins`, `relay-difficulty`, `relay-writes-per-minute`
record NostrSettings(
        Set<RelayUrl> relays,
        Set<RelayUrl> indexers,
        RelayUrl own,
        boolean ownRelay,
        boolean protectCopies,
        Duration editWindow,
        int mostRelays,
        RelayServing relay) {
    private static final String PREFIX = "drawbridge.nostr.";
    private static final String RELAYS = "relays";
    private static final String INDEXERS = "indexers";
    private static final String OWN_RELAY = "own-relay";
    private static final String PROTECT_COPIES = "protect-copies";
    private static final String MOST_RELAYS = "most-relays";
    private static final String EDIT_WINDOW = "edit-window";

    static final Set<String> KEYS = Stream.concat(
                    Stream.of(RELAYS, INDEXERS, OWN_RELAY, PROTECT_COPIES, MOST_RELAYS, EDIT_WINDOW),
                    RelayServing.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final int USUAL_MOST = 20;
    private static final int HIGHEST_MOST = 200;
    private static final int MOST_INDEXERS = 2;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    /// Every mistake at once.
    static List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = new ArrayList<>();
        for (String key : List.of(RELAYS, INDEXERS)) {
            for (String text : settings.list(key)) {
                relayProblem(text, instance)
                        .ifPresent(problem -> errors.add(
                                new SettingError(PREFIX + key, problem, "wss://relay.example, wss://other.example")));
            }
        }
        if (settings.list(INDEXERS).size() > MOST_INDEXERS) {
            errors.add(new SettingError(
                    PREFIX + INDEXERS, "more than " + MOST_INDEXERS + " are too many", "wss://purplepag.es"));
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
        settings.get(EDIT_WINDOW)
                .filter(v -> window(v).isEmpty())
                .ifPresent(v -> errors.add(
                        new SettingError(PREFIX + EDIT_WINDOW, v + " is no duration up to " + LONGEST_WINDOW, "PT1H")));
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

    private static Optional<Duration> window(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(d -> !d.isNegative() && d.compareTo(LONGEST_WINDOW) <= 0);
        } catch (DateTimeException _) {
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
        boolean ownRelay = settings.get(OWN_RELAY, "true").equals("true");
        return new NostrSettings(
                relays(settings, RELAYS, own),
                relays(settings, INDEXERS, own),
                own,
                ownRelay,
                // Other relays refuse what is protected: without our own it would be nowhere.
                ownRelay && settings.get(PROTECT_COPIES, "true").equals("true"),
                settings.get(EDIT_WINDOW).flatMap(NostrSettings::window).orElse(NostrTranslator.EDIT_WINDOW),
                settings.get(MOST_RELAYS).flatMap(NostrSettings::mostRelays).orElse(USUAL_MOST),
                RelayServing.of(settings));
    }

    RelaySettings wire(boolean insecureAllowed) {
        return new RelaySettings(relays, indexers, own, mostRelays, insecureAllowed);
    }

    /// Where ghosts are found: on our own relay, or without one on the configured ones.
    List<RelayUrl> homes() {
        return ownRelay ? List.of(own) : List.copyOf(relays);
    }

    /// Who is told of our people besides those who have them anyway.
    Set<RelayUrl> announcedTo() {
        Set<RelayUrl> all = new LinkedHashSet<>(indexers);
        homes().stream().filter(url -> !url.equals(own)).forEach(all::add);
        return all;
    }

    private static Set<RelayUrl> relays(ConnectorSettings settings, String key, RelayUrl own) {
        Set<RelayUrl> relays = new LinkedHashSet<>();
        settings.list(key).forEach(text -> RelayUrl.tryParse(text).ifPresent(relays::add));
        relays.remove(own);
        return relays;
    }
}
