package dev.drawbridge.console;

import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.port.Operators;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What the operator's pages work with.
///
/// @param inbox where decisions go
/// @param provider who says who somebody is, beside passwords and passkeys
/// @param settings what the instance was told, without secrets
public record ConsoleAccess(
        OperatorDoor door,
        Operators operators,
        Ports ports,
        Accounts accounts,
        DeadLetterDesk letters,
        Inbox inbox,
        SecureRandom random,
        InstantSource clock,
        Optional<OpenIdProvider> provider,
        List<Setting> settings) {
    /// Where a provider sends people back to.
    public static final String OIDC_BACK = "/console/sign-in/oidc/back";

    /// Where a provider says that somebody signed out there.
    public static final String OIDC_SIGN_OUT = "/console/sign-in/oidc/sign-out";

    public ConsoleAccess {
        settings = List.copyOf(settings);
    }

    /// @param key as it stands in the file
    public record Setting(String key, String value) {}

    /// Whether the public address is one: then cookies are for encrypted connections only.
    boolean https() {
        return "https".equals(door.home().getScheme());
    }

    /// Browsers take a cookie of this name from nobody but this very host.
    String cookie() {
        return https() ? "__Host-drawbridge-console" : "drawbridge-console";
    }
}
