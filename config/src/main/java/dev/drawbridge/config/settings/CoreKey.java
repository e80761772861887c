package dev.drawbridge.config.settings;

import java.util.Locale;

/// The settings that belong to no network. Each can also be given as a variable of the environment.
enum CoreKey {
    DOMAIN("domain", "bridge.example"),
    BASE_URL("base-url", "https://bridge.example"),
    DATA_DIR("data-dir", "./data"),
    STORE_URI("store.uri", "mongodb://127.0.0.1:27017/drawbridge"),
    BROKER_URL("broker.url", "tcp://127.0.0.1:61616"),
    LOOPBACK("dev.loopback", "true"),
    CONTACT("contact", "mailto:operator@bridge.example"),
    TRUSTED_PROXIES("trusted-proxies", "127.0.0.1, 10.0.0.0/8"),
    RETRY_FIRST("retry.first", "10s"),
    RETRY_LONGEST("retry.longest", "1h"),
    RETRY_MAX_AGE("retry.max-age", "7d"),
    CONSUMERS("consumers", "16"),
    MIRRORS("mirrors", "./mirrors.yml"),
    GATE_AGE("gates.account-age", "7d"),
    GATE_PICTURE("gates.picture", "false"),
    GATE_DESCRIPTION("gates.description", "true"),
    GATE_DENIED("gates.denied", "spam.example, @somebody@social.example"),
    GATE_VOUCHES("gates.vouches", "5"),
    GATE_PACE("gates.posts-per-hour", "300"),
    GATE_REPEATS("gates.repeats", "5"),
    GATE_NEWCOMERS("gates.newcomers", "0"),
    ASKS_PERSON("asks.per-person", "3"),
    ASKS_DOMAIN("asks.per-domain", "5"),
    ASKS_DAY("asks.per-day", "50"),
    OIDC_ISSUER("console.oidc.issuer", "https://login.example/realms/home"),
    OIDC_CLIENT_ID("console.oidc.client-id", "drawbridge"),
    OIDC_CLIENT_SECRET("console.oidc.client-secret", "${OIDC_SECRET}"),
    OIDC_ALLOW("console.oidc.allow", "email:op@bridge.example, group:bridge"),
    OIDC_SCOPES("console.oidc.scopes", "email, groups"),
    OIDC_PRIVATE("console.oidc.private-address", "false"),
    PRIVACY("pages.privacy", "We keep what the bridge needs."),
    AGE("pages.age", "People under 16 must not use this bridge.");

    private final String key;
    private final String example;

    CoreKey(String name, String example) {
        this.key = "drawbridge." + name;
        this.example = example;
    }

    String key() {
        return key;
    }

    String example() {
        return example;
    }

    /// `DRAWBRIDGE_STORE_URI` for `drawbridge.store.uri`.
    String variable() {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
