package dev.drawbridge.config.settings;

import dev.drawbridge.engine.Mirror;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The list of mirrors. All of it is right or none of it is taken.
public final class MirrorFile {
    private static final Set<String> KEYS =
            Set.of("network", "account", "to", "mode", "permission", "since", "backfill");
    private static final String EXAMPLE =
            "{network: activitypub, account: https://news.example/users/desk, to: [nostr], mode: broadcast,"
                    + " permission: letter of 1 March, since: 2026-03-01}";
    private static final int MOST = 10_000;
    private static final int MOST_BACKFILL = 1_000;

    private final Collection<Network> networks;
    private final Collection<Network> reached;
    private final List<SettingError> errors = new ArrayList<>();
    private final Set<NativeId> seen = new HashSet<>();

    private final Instant now;

    private MirrorFile(Collection<Network> networks, Collection<Network> reached, Instant now) {
        this.networks = networks;
        this.reached = reached;
        this.now = now;
    }

    /// @param networks those of this instance
    /// @param reached those of them that things are carried to
    /// @throws WrongSettings with every mistake
    public static List<Mirror> read(Path file, Collection<Network> networks, Collection<Network> reached, Instant now) {
        try {
            return parse(Files.readString(file), networks, reached, now);
        } catch (IOException e) {
            throw new WrongSettings(
                    List.of(new SettingError(file.toString(), "cannot be read: " + e.getMessage(), "")));
        }
    }

    static List<Mirror> parse(String text, Collection<Network> networks, Collection<Network> reached, Instant now) {
        var file = new MirrorFile(networks, reached, now);
        List<Mirror> mirrors = file.mirrors(text);
        if (!file.errors.isEmpty()) {
            throw new WrongSettings(file.errors);
        }
        return mirrors;
    }

    private List<Mirror> mirrors(String text) {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            wrong(
                    "mirrors",
                    "is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return List.of();
        }
        if (root == null) {
            // A program that writes it may have emptied it first, and what ends a mirror cannot be taken back.
            wrong("mirrors", "is an empty file; no mirrors at all are written as mirrors: []");
            return List.of();
        }
        if (!(root instanceof Map<?, ?> map) || !map.keySet().equals(Set.of("mirrors"))) {
            wrong("mirrors", "is not a file with one list called mirrors");
            return List.of();
        }
        if (!(map.get("mirrors") instanceof List<?> list) || list.size() > MOST) {
            wrong("mirrors", "is not a list of at most " + MOST + " mirrors");
            return List.of();
        }
        List<Mirror> mirrors = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            mirror("mirrors[" + i + "]", list.get(i)).ifPresent(mirrors::add);
        }
        return mirrors;
    }

    private Optional<Mirror> mirror(String where, Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            wrong(where, "is not a mirror");
            return Optional.empty();
        }
        int before = errors.size();
        map.keySet().stream()
                .filter(key -> !KEYS.contains(String.valueOf(key)))
                .forEach(key -> wrong(where + "." + key, "is not known here"));
        Optional<Network> network = network(where + ".network", map.get("network"));
        String account = text(where + ".account", map.get("account"));
        Set<Network> targets = targets(where + ".to", map.get("to"), network);
        String permission = text(where + ".permission", map.get("permission"));
        Mirror.Mode mode = mode(where + ".mode", map.get("mode"));
        Instant since = since(where + ".since", map.get("since"));
        int backfill = backfill(where + ".backfill", map.get("backfill"));
        if (since.isAfter(now)) {
            wrong(where + ".since", "is in the future: " + since);
        }
        if (account.chars().anyMatch(Character::isWhitespace)) {
            wrong(where + ".account", "is not the id of an account: " + account);
        }
        if (errors.size() > before || network.isEmpty()) {
            return Optional.empty();
        }
        var id = new NativeId(network.get(), account);
        if (!seen.add(id)) {
            wrong(where + ".account", "is listed twice: " + account);
        }
        return Optional.of(new Mirror(id, targets, mode, permission, since, backfill));
    }

    private Optional<Network> network(String where, @Nullable Object value) {
        Optional<Network> found = networks.stream()
                .filter(n -> n.name().equals(String.valueOf(value)))
                .findFirst();
        if (found.isEmpty()) {
            wrong(where, "is not a network of this instance: " + value);
        }
        return found;
    }

    private Set<Network> targets(String where, @Nullable Object value, Optional<Network> source) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            wrong(where, "is not a list of networks");
            return Set.of();
        }
        Set<Network> targets = new LinkedHashSet<>();
        list.forEach(name -> network(where, name).ifPresent(targets::add));
        targets.stream()
                .filter(target -> !reached.contains(target))
                .forEach(target -> wrong(where, "names a network that nothing is carried to: " + target));
        if (source.filter(targets::contains).isPresent()) {
            wrong(where, "names the network the account is on");
        }
        return targets;
    }

    private Mirror.Mode mode(String where, @Nullable Object value) {
        for (Mirror.Mode mode : Mirror.Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(String.valueOf(value))) {
                return mode;
            }
        }
        wrong(where, "is neither broadcast nor conversation: " + value);
        return Mirror.Mode.BROADCAST;
    }

    private int backfill(String where, @Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (!(value instanceof Integer posts) || posts < 0 || posts > MOST_BACKFILL) {
            wrong(where, "is not a number of posts from 0 to " + MOST_BACKFILL + ": " + value);
            return 0;
        }
        return posts;
    }

    private Instant since(String where, @Nullable Object value) {
        if (value instanceof java.util.Date date) {
            return date.toInstant();
        }
        try {
            return LocalDate.parse(String.valueOf(value))
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            wrong(where, "is not a day: " + value);
            return Instant.EPOCH;
        }
    }

    private String text(String where, @Nullable Object value) {
        String text = value == null ? "" : String.valueOf(value).strip();
        if (text.isEmpty() || text.lines().count() > 1) {
            wrong(where, "is missing");
        }
        return text;
    }

    private void wrong(String where, String problem) {
        errors.add(new SettingError(where, problem, EXAMPLE));
    }
}
