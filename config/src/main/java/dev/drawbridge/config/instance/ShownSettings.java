package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.console.ConsoleAccess.Setting;
import dev.drawbridge.console.oidc.Admission;
import dev.drawbridge.console.oidc.OidcClient;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The settings as an operator may see them on a page: as they are in force, secrets hidden.
final class ShownSettings {
    private static final String HIDDEN = "••••••";
    private static final List<String> SECRETS =
            List.of("password", "secret", "token", "credential", "private", "api-key");
    /// Public, although their names sound otherwise.
    private static final Set<String> PUBLIC = Set.of("drawbridge.atproto.rotation-keys");

    /// Up to the last `@`: a password may hold one that is not encoded.
    private static final Pattern USER = Pattern.compile("//[^/\\s]*@");

    /// An address up to its options.
    private static final Pattern OPTIONS = Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]*:|//)(?=\\S)[^?;]*[?;]");

    private ShownSettings() {}

    static List<Setting> of(Settings settings) {
        var shown = new TreeMap<String, String>();
        shown.put("drawbridge.domain", settings.domain());
        shown.put("drawbridge.base-url", settings.baseUrl().toString());
        settings.hosts().forEach((network, host) -> shown.put("drawbridge.hosts." + network, host.toString()));
        shown.put("drawbridge.data-dir", settings.dataDir().toString());
        shown.put("drawbridge.store.uri", settings.storeUri().orElse("(embedded)"));
        shown.put("drawbridge.broker.url", settings.brokerUrl().orElse("(embedded)"));
        shown.put("drawbridge.dev.loopback", Boolean.toString(settings.loopback()));
        shown.put("drawbridge.contact", settings.contact());
        shown.put("drawbridge.trusted-proxies", String.join(", ", settings.trustedProxies()));
        shown.put("drawbridge.retry.first", settings.retryFirst().toString());
        shown.put("drawbridge.retry.longest", settings.retryLongest().toString());
        shown.put("drawbridge.retry.max-age", settings.retryMaxAge().toString());
        shown.put("drawbridge.consumers", Integer.toString(settings.consumers()));
        shown.put("drawbridge.mirrors", settings.mirrors().map(Object::toString).orElse(""));
        shown.put("drawbridge.gates.account-age", settings.gates().accountAge().toString());
        shown.put("drawbridge.gates.picture", Boolean.toString(settings.gates().picture()));
        shown.put(
                "drawbridge.gates.description",
                Boolean.toString(settings.gates().description()));
        shown.put("drawbridge.gates.denied", String.join(", ", settings.gates().denied()));
        shown.put("drawbridge.gates.vouches", Integer.toString(settings.gates().vouches()));
        Limits limits = settings.gates().limits();
        shown.put("drawbridge.gates.posts-per-hour", Integer.toString(limits.postsPerHour()));
        shown.put("drawbridge.gates.repeats", Integer.toString(limits.repeats()));
        shown.put("drawbridge.gates.newcomers", Integer.toString(limits.newcomers()));
        shown.putAll(asks(settings.asks()));
        settings.oidc().ifPresent(oidc -> shown.putAll(oidc(oidc)));
        shown.put("server.port", Integer.toString(settings.port()));
        settings.networks()
                .forEach((network, own) ->
                        own.values().forEach((key, value) -> shown.put("drawbridge." + network + "." + key, value)));
        shown.putAll(settings.spring());
        var list = new ArrayList<Setting>();
        shown.forEach((key, value) -> list.add(new Setting(key, shown(key, value))));
        return list;
    }

    private static Map<String, String> asks(Asks asks) {
        String block = "drawbridge.asks.";
        return Map.of(
                block + "per-person", Integer.toString(asks.perPerson()),
                block + "per-domain", Integer.toString(asks.perDomain()),
                block + "per-day", Integer.toString(asks.perDay()));
    }

    private static Map<String, String> oidc(OidcClient oidc) {
        String block = "drawbridge.console.oidc.";
        return Map.of(
                block + "issuer",
                oidc.issuer(),
                block + "client-id",
                oidc.id(),
                block + "client-secret",
                oidc.secret().orElse(""),
                block + "allow",
                oidc.allow().stream().map(Admission::text).collect(Collectors.joining(", ")),
                block + "scopes",
                String.join(", ", oidc.scopes()),
                block + "private-address",
                Boolean.toString(oidc.near()));
    }

    /// A value as it may be seen.
    static String shown(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        boolean secret = SECRETS.stream().anyMatch(lower::contains) && !PUBLIC.contains(lower);
        return secret ? HIDDEN : withoutOptions(USER.matcher(value).replaceAll("//" + HIDDEN + "@"));
    }

    /// Which of the options of an address are secret only whoever reads it knows: none is shown, nor what follows.
    private static String withoutOptions(String value) {
        Matcher options = OPTIONS.matcher(value);
        return options.find() ? value.substring(0, options.end()) + HIDDEN : value;
    }
}
