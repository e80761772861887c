package dev.drawbridge.config.settings;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Limits;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes [Settings] from keys and values, or says everything that is wrong with them.
public final class SettingsReader {
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern WITH_PORT = Pattern.compile("[a-z0-9.-]+(:\\d{1,5})?");

    private final List<ConnectorFactory> factories;
    private final Map<String, String> environment;

    /// @param factories the networks this build knows
    /// @param environment variables that win over a file (`DRAWBRIDGE_STORE_URI`) or fill it (`${…}`)
    public SettingsReader(List<ConnectorFactory> factories, Map<String, String> environment) {
        this.factories = List.copyOf(factories);
        this.environment = Map.copyOf(environment);
    }

    /// @throws WrongSettings with every mistake
    public Settings file(Path file) {
        var errors = new ArrayList<SettingError>();
        Map<String, String> values = SettingsFile.read(file, environment, errors);
        return read(values, errors, false);
    }

    /// @param values whole keys, lists with commas
    /// @throws WrongSettings with every mistake
    public Settings values(Map<String, String> values) {
        return read(values, new ArrayList<>(), false);
    }

    /// What an instance is without a file: for this machine only, stored in `./data`; or what the environment says if
    /// it names a domain.
    ///
    /// @throws WrongSettings if a variable of the environment is wrong
    public Settings tryOut() {
        if (environment.containsKey(CoreKey.DOMAIN.variable())) {
            return values(Map.of());
        }
        var values = new LinkedHashMap<String, String>();
        values.put(CoreKey.LOOPBACK.key(), "true");
        if (factories.stream().anyMatch(f -> f.network().equals(Network.ATPROTO))) {
            // Nobody's trial belongs in the public directory for good.
            values.put("drawbridge.atproto.plc-directory", "http://localhost:2582");
        }
        return read(values, new ArrayList<>(), true);
    }

    private Settings read(Map<String, String> given, List<SettingError> errors, boolean tryOut) {
        var values = new TreeMap<>(given);
        for (CoreKey key : CoreKey.values()) {
            Optional.ofNullable(environment.get(key.variable())).ifPresent(v -> values.put(key.key(), v));
        }
        errors.addAll(new KnownKeys(factories).unknown(values.keySet()));
        Settings settings = new Reading(values, errors).settings(tryOut);
        checkConnectors(settings, errors);
        if (!errors.isEmpty()) {
            throw new WrongSettings(errors);
        }
        return settings;
    }

    private void checkConnectors(Settings settings, List<SettingError> errors) {
        for (ConnectorFactory factory : factories) {
            ConnectorSettings own = settings.networks().get(factory.network());
            if (own != null) {
                errors.addAll(factory.check(own, settings.instance(factory.network())));
            }
        }
    }

    /// One pass over the values. Goes on after a mistake with something harmless, to find the others too.
    private final class Reading {
        private final Map<String, String> values;
        private final List<SettingError> errors;

        Reading(Map<String, String> values, List<SettingError> errors) {
            this.values = values;
            this.errors = errors;
        }

        Settings settings(boolean tryOut) {
            var v = new Values(values, errors);
            boolean loopback = v.flag(CoreKey.LOOPBACK.key(), false);
            int port = v.number("server.port", 8080, 0, 65_535, "8080");
            String domain = domain(v, loopback, port);
            URI base = baseUrl(v, domain, loopback);
            return new Settings(
                    domain,
                    base,
                    hosts(v, base, loopback),
                    Path.of(v.get(CoreKey.DATA_DIR).orElse("./data")),
                    v.uri(CoreKey.STORE_URI, List.of("mongodb", "mongodb+srv")),
                    v.uri(CoreKey.BROKER_URL, List.of("tcp", "(tcp")),
                    loopback,
                    v.get(CoreKey.CONTACT).orElse(""),
                    port,
                    v.get("server.address").or(() -> loopback ? Optional.of("127.0.0.1") : Optional.empty()),
                    v.proxies(CoreKey.TRUSTED_PROXIES),
                    v.duration(CoreKey.RETRY_FIRST, Duration.ofSeconds(10)),
                    v.duration(CoreKey.RETRY_LONGEST, Duration.ofHours(1)),
                    v.duration(CoreKey.RETRY_MAX_AGE, Duration.ofDays(7)),
                    v.number(CoreKey.CONSUMERS.key(), 16, 1, 256, "16"),
                    v.get(CoreKey.MIRRORS).map(Path::of),
                    gates(v, loopback),
                    new Asks(
                            limit(v, CoreKey.ASKS_PERSON, Asks.USUAL.perPerson()),
                            limit(v, CoreKey.ASKS_DOMAIN, Asks.USUAL.perDomain()),
                            limit(v, CoreKey.ASKS_DAY, Asks.USUAL.perDay())),
                    OidcReading.of(v, loopback),
                    v.get(CoreKey.PRIVACY).orElse(""),
                    v.get(CoreKey.AGE).orElse(""),
                    tryOut,
                    networks(v),
                    spring());
        }

        private Gates gates(Values v, boolean loopback) {
            // Tests and measurements send more than people do.
            Limits usual = loopback ? Limits.NONE : Limits.USUAL;
            return new Gates(
                    v.duration(CoreKey.GATE_AGE, Duration.ZERO),
                    v.flag(CoreKey.GATE_PICTURE.key(), false),
                    v.flag(CoreKey.GATE_DESCRIPTION.key(), false),
                    v.names(CoreKey.GATE_DENIED),
                    new Limits(
                            limit(v, CoreKey.GATE_PACE, usual.postsPerHour()),
                            limit(v, CoreKey.GATE_REPEATS, usual.repeats()),
                            limit(v, CoreKey.GATE_NEWCOMERS, usual.newcomers())),
                    limit(v, CoreKey.GATE_VOUCHES, Gates.USUAL_VOUCHES));
        }

        private static int limit(Values v, CoreKey key, int usual) {
            return v.number(key.key(), usual, 0, 1_000_000, key.example());
        }

        private String domain(Values v, boolean loopback, int port) {
            Optional<String> domain = v.get(CoreKey.DOMAIN);
            if (domain.isEmpty()) {
                if (!loopback) {
                    v.wrong(CoreKey.DOMAIN, "is missing: the name people will see behind the @");
                }
                return "localhost:" + port;
            }
            Pattern allowed = loopback ? WITH_PORT : DOMAIN;
            if (!allowed.matcher(domain.get()).matches()
                    || (!loopback && !domain.get().contains("."))) {
                v.wrong(CoreKey.DOMAIN, "is not a domain name in lower case: " + domain.get());
                return "localhost:" + port;
            }
            return domain.get();
        }

        private URI baseUrl(Values v, String domain, boolean loopback) {
            return v.get(CoreKey.BASE_URL)
                    .flatMap(text -> v.origin(CoreKey.BASE_URL.key(), text, loopback, "https://bridge.example"))
                    .orElseGet(() -> URI.create((loopback ? "http://" : "https://") + domain));
        }

        private Map<Network, URI> hosts(Values v, URI base, boolean loopback) {
            var hosts = new LinkedHashMap<Network, URI>();
            for (ConnectorFactory factory : factories) {
                String key = "drawbridge.hosts." + factory.network().name();
                String example = factory.network().name() + ".bridge.example";
                v.get(key)
                        .flatMap(host -> v.origin(key, base.getScheme() + "://" + host, loopback, example))
                        .ifPresent(url -> hosts.put(factory.network(), url));
            }
            return hosts;
        }

        private Map<Network, ConnectorSettings> networks(Values v) {
            var networks = new LinkedHashMap<Network, ConnectorSettings>();
            for (ConnectorFactory factory : factories) {
                String prefix = "drawbridge." + factory.network().name() + ".";
                if (!v.flag(prefix + "enabled", true)) {
                    continue;
                }
                var own = new LinkedHashMap<String, String>();
                values.forEach((key, value) -> {
                    if (key.startsWith(prefix) && !key.equals(prefix + "enabled")) {
                        own.put(key.substring(prefix.length()), value);
                    }
                });
                networks.put(factory.network(), new ConnectorSettings(own));
            }
            return networks;
        }

        private Map<String, String> spring() {
            var spring = new LinkedHashMap<String, String>();
            values.forEach((key, value) -> {
                if (!key.startsWith("drawbridge.") && !key.equals("server.port") && !key.equals("server.address")) {
                    spring.put(key, value);
                }
            });
            return spring;
        }
    }
}
