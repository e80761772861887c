package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.Version;
import dev.drawbridge.model.Network;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says once, in one block, what this instance is made of.
final class Combination {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drawbridge.start");

    private Combination() {}

    static void log(Settings settings, Parts parts) {
        LOG.info(text(settings, parts));
    }

    static String text(Settings settings, Parts parts) {
        String networks =
                parts.connectors().networks().stream().map(Network::name).collect(Collectors.joining(", "));
        String bound = settings.address().orElse("every address");
        String text = """
            Drawbridge %s at %s
              networks  %s
              store     %s
              broker    %s
              keys      %s; secp256k1 by %s
              web       port %d on %s, %s\
            """.formatted(
                        Version.current(),
                        settings.baseUrl(),
                        networks.isEmpty() ? "none" : networks,
                        parts.store().description(),
                        parts.broker().description(),
                        parts.keyFile(),
                        parts.cryptography().secp256k1Name(),
                        settings.port(),
                        bound,
                        settings.trustedProxies().isEmpty()
                                ? "no proxy is trusted"
                                : "trusting proxies at " + String.join(", ", settings.trustedProxies()));
        return settings.loopback()
                ? text + "\n  loopback  http and private addresses are allowed: for trying out and tests only"
                : text;
    }
}
