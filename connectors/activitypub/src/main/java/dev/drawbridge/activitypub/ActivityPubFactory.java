package dev.drawbridge.activitypub;

import dev.drawbridge.activitypub.http.RateLimit;
import dev.drawbridge.activitypub.http.Served;
import dev.drawbridge.activitypub.inbox.Background;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Makes the ActivityPub connector.
///
/// Settings, all optional:
///
/// - `hosts.<network>`, a host of its own for people who come from that network
///   (`drawbridge.activitypub.hosts.nostr: nostr.bridge.example`): their actors, inboxes, posts and handles live there
///   and nowhere else. It has to lead here, and to stay as long as somebody lives there. Without it the instance's own
///   host is used.
/// - `host.<network>`, the same for their handles alone. Such a host has to answer WebFinger here too.
/// - `rate-limit`, how many GETs one address has in five minutes for each kind of thing; 0 for no limit.
/// - `authorized-fetch` (`false`), whether other servers have to sign what they ask for.
/// - `denied-domains`, domains, each with everything below it, that may neither read nor write here: they are not
///   answered, brought nothing but what takes something back, and not asked for posts.
public final class ActivityPubFactory implements ConnectorFactory {
    private static final String PREFIX = "drawbridge.activitypub.";
    private static final Pattern HOST_KEY = Pattern.compile("hosts?\\.[a-z][a-z0-9]{1,31}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    static final String AUTHORIZED_FETCH = "authorized-fetch";
    static final String DENIED_DOMAINS = "denied-domains";

    private final Supplier<Background> threads;

    public ActivityPubFactory() {
        this(Background::threads);
    }

    /// @param threads where connectors work while nobody waits; asked for on each start
    public ActivityPubFactory(Supplier<Background> threads) {
        this.threads = threads;
    }

    @Override
    public Network network() {
        return Network.ACTIVITYPUB;
    }

    @Override
    public Set<String> keys() {
        return Set.of("host.*", "hosts.*", Served.RATE_LIMIT, AUTHORIZED_FETCH, DENIED_DOMAINS);
    }

    @Override
    public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        var errors = new ArrayList<SettingError>();
        if (!instance.loopback() && !"https".equals(instance.baseUrl().getScheme())) {
            errors.add(new SettingError(
                    PREFIX + "base-url",
                    "other servers only accept https, this is " + instance.baseUrl(),
                    "https://bridge.example"));
        }
        settings.values().forEach((key, value) -> {
            boolean host = key.startsWith("host.") || key.startsWith("hosts.");
            if (host && !HOST_KEY.matcher(key).matches()) {
                errors.add(new SettingError(PREFIX + key, "not the name of a network", "nostr.bridge.example"));
            } else if (host && !HOST.matcher(value.strip()).matches()) {
                errors.add(new SettingError(PREFIX + key, "not a host name: " + value, "nostr.bridge.example"));
            } else if (key.startsWith("host.") && settings.values().containsKey(key.replaceFirst("host", "hosts"))) {
                errors.add(new SettingError(
                        PREFIX + key, "hosts." + key.substring("host.".length()) + " says already", "remove it"));
            }
        });
        settings.get(Served.RATE_LIMIT)
                .filter(limit -> !limit.matches("[0-9]{1,7}"))
                .ifPresent(limit -> errors.add(new SettingError(
                        PREFIX + Served.RATE_LIMIT,
                        "not a number of requests: " + limit,
                        Integer.toString(RateLimit.DEFAULT))));
        if (!settings.get(AUTHORIZED_FETCH, "false").matches("true|false")) {
            errors.add(new SettingError(PREFIX + AUTHORIZED_FETCH, "neither true nor false", "true"));
        }
        settings.list(DENIED_DOMAINS).stream()
                .filter(d -> !DOMAIN.matcher(d).matches())
                .forEach(d ->
                        errors.add(new SettingError(PREFIX + DENIED_DOMAINS, "not a domain: " + d, "spam.example")));
        return errors;
    }

    @Override
    public Translator translator(InstanceInfo instance) {
        return new ActivityPubTranslator(CopyIds.under(instance.baseUrl()));
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return new ActivityPubConnector(context, threads);
    }
}
