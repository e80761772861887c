package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.atproto.wire.JetstreamVersion;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Choices.Edits;
import dev.drawbridge.model.Choices.LongPosts;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The settings `drawbridge.atproto.*`.
///
/// @param plcDirectory `plc-directory`: where DIDs are made and looked up
/// @param jetstream `jetstream`: Jetstream servers that are read, `wss://`; what they say is asked for again where its
///     authors keep it
/// @param jetstreamVersion `jetstream-version`: 1 or 2, how they are asked
/// @param dictionary `jetstream-dictionary`: what these servers pack their messages with; without it they are asked not
///     to
/// @param firehose `firehose`: relays and hosts that are read, `wss://`
/// @param firehoseFrom `firehose-from`: `now` or `oldest`, where to begin with what was never read; 0 stands for oldest
/// @param relays `relays`: relays that are asked to read us, `https://`
/// @param limits `relay-limits.*`: what the strictest of them takes of us
/// @param retention `event-retention`: how long events are kept
/// @param rotationKeys `rotation-keys`: the operator's own, kept elsewhere, that can change every DID made here
/// @param webBots `bot-did`: `web` for bots whose DID is the name of a host here, `plc` for others; what a bot has
///     already stays
/// @param deleteAfter `delete-after`: how long what somebody said is kept after they left
/// @param usual `long-posts`: `card` or `thread`, and `edits`: `in-place` or `replace`, for those who chose nothing
/// @param editWindow `edit-window`: how long after it was written a post is replaced, where that was chosen
/// @param chat `chat`: the service on which bots are written to, `did:web:…#…`; without it they are not
/// @param domains `handle-domain` for everybody, or `handle-domains.<network>`
record AtprotoSettings(
        URI plcDirectory,
        List<URI> jetstream,
        JetstreamVersion jetstreamVersion,
        Optional<Path> dictionary,
        List<URI> firehose,
        Optional<Long> firehoseFrom,
        List<URI> relays,
        RelayLimits limits,
        Duration retention,
        List<DidKey> rotationKeys,
        boolean webBots,
        Duration deleteAfter,
        Choices usual,
        Duration editWindow,
        Optional<ChatClient.Service> chat,
        HandleDomains domains) {
    static final Set<String> KEYS = Set.of(
            "plc-directory",
            "jetstream",
            "jetstream-version",
            "jetstream-dictionary",
            "firehose",
            "firehose-from",
            "relays",
            "relay-limits.events-per-second",
            "relay-limits.events-per-hour",
            "relay-limits.events-per-day",
            "relay-limits.accounts",
            "event-retention",
            "rotation-keys",
            "bot-did",
            "delete-after",
            "long-posts",
            "edits",
            "edit-window",
            "chat",
            "handle-domain",
            "handle-domains.*");

    private static final String PREFIX = "drawbridge." + Network.ATPROTO + '.';
    private static final String LIMITS = "relay-limits.";
    private static final String PLC = "https://plc.directory";
    private static final String JETSTREAM = "wss://jetstream2.us-east.bsky.network";
    private static final String RELAY = "wss://relay1.us-east.bsky.network";
    private static final String RETENTION = "PT96H";
    private static final String GRACE = "P30D";
    private static final Duration LEAST_GRACE = Duration.ofHours(1);
    private static final String FIRST_JETSTREAM = "1";
    private static final String SECOND_JETSTREAM = "2";
    private static final String BOT_PLC = "plc";
    private static final String BOT_WEB = "web";
    private static final String CARD = "card";
    private static final String THREAD = "thread";
    private static final String IN_PLACE = "in-place";
    private static final String REPLACE = "replace";
    private static final String CHAT = "did:web:api.bsky.chat#bsky_chat";
    private static final String EDIT_WINDOW = "PT1H";

    /// What was written longer ago has answers that would lose their place.
    private static final Duration LONGEST_EDIT_WINDOW = Duration.ofDays(30);

    private static final String KEY = "did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc";

    private static final byte[] ZSTD_DICTIONARY = {0x37, (byte) 0xA4, 0x30, (byte) 0xEC};
    private static final int NUMBER_OF_DICTIONARY = 4;
    private static final long MAX_DICTIONARY = 1 << 20;

    /// What relays keep themselves: who was away that long comes back with a cursor.
    private static final Duration LEAST_RETENTION = Duration.ofHours(72);

    private static final Duration LEAST_RETENTION_IN_TESTS = Duration.ofHours(1);

    /// @throws IllegalArgumentException if [#check] would find a mistake
    static AtprotoSettings of(ConnectorSettings settings, InstanceInfo instance) {
        return new AtprotoSettings(
                URI.create(settings.get("plc-directory", PLC).replaceFirst("/+$", "")),
                jetstream(settings, instance).stream().map(URI::create).toList(),
                settings.get("jetstream-version", FIRST_JETSTREAM).equals(SECOND_JETSTREAM)
                        ? JetstreamVersion.SECOND
                        : JetstreamVersion.FIRST,
                settings.get("jetstream-dictionary").map(Path::of),
                settings.list("firehose").stream().map(URI::create).toList(),
                from(settings, instance).equals("oldest") ? Optional.of(0L) : Optional.empty(),
                settings.list("relays").stream().map(URI::create).toList(),
                new RelayLimits(
                        number(settings, LIMITS + "events-per-second"),
                        number(settings, LIMITS + "events-per-hour"),
                        number(settings, LIMITS + "events-per-day"),
                        number(settings, LIMITS + "accounts").orElse(RelayLimits.ACCOUNTS)),
                Duration.parse(settings.get("event-retention", RETENTION)),
                settings.list("rotation-keys").stream().map(DidKey::parse).toList(),
                settings.get("bot-did", BOT_PLC).equals(BOT_WEB),
                Duration.parse(settings.get("delete-after", GRACE)),
                usual(settings),
                settings.get("edit-window").map(Duration::parse).orElse(AtprotoTranslator.EDIT_WINDOW),
                settings.get("chat").flatMap(ChatClient.Service::tryParse),
                HandleDomains.of(settings, instance));
    }

    /// Who names nothing to read reads the public network; a sandbox has none.
    private static List<String> jetstream(ConnectorSettings settings, InstanceInfo instance) {
        boolean unsaid = settings.list("jetstream").isEmpty()
                && settings.list("firehose").isEmpty();
        return unsaid && !instance.loopback() ? List.of(JETSTREAM) : settings.list("jetstream");
    }

    /// The public network is too large to begin with its past; a sandbox must not miss its first words.
    private static String from(ConnectorSettings settings, InstanceInfo instance) {
        return settings.get("firehose-from", instance.loopback() ? "oldest" : "now");
    }

    static List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        List<SettingError> errors = new ArrayList<>();
        boolean loopback = instance.loopback();
        address("plc-directory", settings.get("plc-directory", PLC), web(loopback), PLC, errors);
        Set<String> sockets = loopback ? Set.of("ws", "wss") : Set.of("wss");
        settings.list("jetstream").forEach(service -> address("jetstream", service, sockets, JETSTREAM, errors));
        settings.list("firehose").forEach(service -> address("firehose", service, sockets, RELAY, errors));
        settings.get("jetstream-dictionary")
                .filter(file -> !isDictionary(file))
                .ifPresent(file -> errors.add(new SettingError(
                        PREFIX + "jetstream-dictionary", "is no zstd dictionary: " + file, "./zstd_dictionary")));
        oneOf("jetstream-version", settings, List.of(FIRST_JETSTREAM, SECOND_JETSTREAM), errors);
        oneOf("firehose-from", settings, List.of("now", "oldest"), errors);
        for (String relay : settings.list("relays")) {
            address("relays", relay, web(loopback), "https://bsky.network", errors);
        }
        limits(settings, errors);
        Duration kept = loopback ? LEAST_RETENTION_IN_TESTS : LEAST_RETENTION;
        settings.get("event-retention").ifPresent(text -> atLeast("event-retention", text, kept, RETENTION, errors));
        settings.get("delete-after").ifPresent(text -> atLeast("delete-after", text, LEAST_GRACE, GRACE, errors));
        oneOf("bot-did", settings, List.of(BOT_PLC, BOT_WEB), errors);
        oneOf("long-posts", settings, List.of(CARD, THREAD), errors);
        oneOf("edits", settings, List.of(IN_PLACE, REPLACE), errors);
        settings.get("edit-window")
                .filter(text -> !isWindow(text))
                .ifPresent(text -> errors.add(new SettingError(
                        PREFIX + "edit-window", "is not a duration of up to 30 days: " + text, EDIT_WINDOW)));
        settings.get("chat")
                .filter(text -> ChatClient.Service.tryParse(text).isEmpty())
                .ifPresent(
                        text -> errors.add(new SettingError(PREFIX + "chat", "is no service of a DID: " + text, CHAT)));
        rotationKeys(settings.list("rotation-keys"), errors);
        for (String key : List.of("handle-domain", "handle-domains.activitypub", "handle-domains.nostr")) {
            settings.get(key)
                    .filter(domain -> Handle.tryParse(domain).isEmpty())
                    .ifPresent(domain -> errors.add(
                            new SettingError(PREFIX + key, "is not a domain: " + domain, "ap.bridge.example")));
        }
        return errors;
    }

    /// @param two what it can be, the usual one first
    private static void oneOf(String key, ConnectorSettings settings, List<String> two, List<SettingError> errors) {
        settings.get(key)
                .filter(text -> !two.contains(text))
                .ifPresent(_ -> errors.add(new SettingError(
                        PREFIX + key, "is neither " + two.getFirst() + " nor " + two.getLast(), two.getFirst())));
    }

    private static Choices usual(ConnectorSettings settings) {
        boolean threads = settings.get("long-posts", CARD).equals(THREAD);
        boolean replaces = settings.get("edits", IN_PLACE).equals(REPLACE);
        return Choices.NONE
                .withLongPosts(threads ? LongPosts.THREAD : LongPosts.CARD)
                .withEdits(replaces ? Edits.REPLACE : Edits.IN_PLACE);
    }

    private static Optional<Long> number(ConnectorSettings settings, String key) {
        return settings.get(key).map(Long::parseLong);
    }

    private static void limits(ConnectorSettings settings, List<SettingError> errors) {
        KEYS.stream()
                .filter(key -> key.startsWith(LIMITS))
                .sorted()
                .forEach(key -> settings.get(key)
                        .filter(text -> !text.matches("[1-9]\\d{0,11}"))
                        .ifPresent(text -> errors.add(
                                new SettingError(PREFIX + key, "is not a number above 0: " + text, "2500"))));
    }

    /// Whether a file is there that begins like a dictionary with a number
    /// ([RFC 8878 §5](https://www.rfc-editor.org/rfc/rfc8878#section-5)), and is no larger than one.
    /// Without a number, which is 0, no server can be told which one it is.
    private static boolean isDictionary(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] start = in.readNBytes(ZSTD_DICTIONARY.length);
            byte[] number = in.readNBytes(NUMBER_OF_DICTIONARY);
            return Arrays.equals(start, ZSTD_DICTIONARY)
                    && number.length == NUMBER_OF_DICTIONARY
                    && !Arrays.equals(number, new byte[NUMBER_OF_DICTIONARY])
                    && Files.size(Path.of(file)) <= MAX_DICTIONARY;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static void atLeast(String key, String text, Duration least, String example, List<SettingError> errors) {
        Optional<Duration> duration;
        try {
            duration = Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            duration = Optional.empty();
        }
        if (duration.filter(d -> d.compareTo(least) >= 0).isEmpty()) {
            errors.add(new SettingError(
                    PREFIX + key, "is not a duration of " + least.toHours() + " hours or more", example));
        }
    }

    private static boolean isWindow(String text) {
        try {
            Duration window = Duration.parse(text);
            return !window.isNegative() && window.compareTo(LONGEST_EDIT_WINDOW) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void rotationKeys(List<String> keys, List<SettingError> errors) {
        String key = PREFIX + "rotation-keys";
        if (keys.size() > RotationKeys.MOST || Set.copyOf(keys).size() < keys.size()) {
            errors.add(new SettingError(key, "are not up to " + RotationKeys.MOST + " different keys", KEY));
        }
        keys.stream()
                .filter(text -> DidKey.tryParse(text).isEmpty())
                .forEach(text -> errors.add(new SettingError(key, "is not a did:key: " + text, KEY)));
    }

    private static Set<String> web(boolean loopback) {
        return loopback ? Set.of("http", "https") : Set.of("https");
    }

    private static void address(
            String key, String text, Set<String> schemes, String example, List<SettingError> errors) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        String allowed = String.join(" or ", schemes.stream().sorted().toList());
        errors.add(new SettingError(PREFIX + key, "is not an address with " + allowed + ": " + text, example));
    }
}
