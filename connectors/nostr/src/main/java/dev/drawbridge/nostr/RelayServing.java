package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.nostr.event.Nip19;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.http.RelayLimits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How our own relay is served, part of `drawbridge.nostr.*`.
///
/// @param operators who may manage it (NIP-86): `relay-admins`, public keys as npub or in hexadecimal
/// @param limits `relay-difficulty`: leading zero bits every event needs (NIP-13); `relay-writes-per-minute`: how many
///     events one author may publish
record RelayServing(Set<PublicKey> operators, RelayLimits limits) {
    private static final String PREFIX = "drawbridge.nostr.";
    private static final String ADMINS = "relay-admins";
    private static final String DIFFICULTY = "relay-difficulty";
    private static final String WRITES = "relay-writes-per-minute";

    static final Set<String> KEYS = Set.of(ADMINS, DIFFICULTY, WRITES);

    private static final int MOST_DIFFICULT = 64;
    private static final int MOST_WRITES = 10_000_000;

    RelayServing {
        operators = Set.copyOf(operators);
    }

    static List<SettingError> check(ConnectorSettings settings) {
        List<SettingError> errors = new ArrayList<>();
        settings.list(ADMINS).stream()
                .filter(text -> key(text).isEmpty())
                .forEach(text -> errors.add(new SettingError(
                        PREFIX + ADMINS,
                        text + " is not a public key",
                        "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6")));
        settings.get(DIFFICULTY)
                .filter(v -> number(v, 0, MOST_DIFFICULT).isEmpty())
                .ifPresent(v -> errors.add(new SettingError(
                        PREFIX + DIFFICULTY, v + " is not a number from 0 to " + MOST_DIFFICULT, "0")));
        settings.get(WRITES)
                .filter(v -> number(v, 1, MOST_WRITES).isEmpty())
                .ifPresent(v -> errors.add(
                        new SettingError(PREFIX + WRITES, v + " is not a number from 1 to " + MOST_WRITES, "3000")));
        return errors;
    }

    static RelayServing of(ConnectorSettings settings) {
        Set<PublicKey> operators = new LinkedHashSet<>();
        settings.list(ADMINS).forEach(text -> key(text).ifPresent(operators::add));
        RelayLimits limits = RelayLimits.DEFAULT.difficulty(settings.get(DIFFICULTY)
                .flatMap(v -> number(v, 0, MOST_DIFFICULT))
                .orElse(0));
        return new RelayServing(
                operators,
                settings.get(WRITES)
                        .flatMap(v -> number(v, 1, MOST_WRITES))
                        .map(many -> limits.writers(RelayLimits.Rate.perMinute(many)))
                        .orElse(limits));
    }

    private static Optional<PublicKey> key(String text) {
        return PublicKey.tryParse(text)
                .or(() ->
                        Nip19.decode(text).filter(Nip19.Npub.class::isInstance).map(npub -> ((Nip19.Npub) npub).key()));
    }

    private static Optional<Integer> number(String text, int least, int most) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
