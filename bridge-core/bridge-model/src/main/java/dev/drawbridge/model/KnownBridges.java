package dev.drawbridge.model;

import java.util.List;
import java.util.Locale;

/// Hosts of bridges that are known: what is there was made elsewhere and is never carried on.
public final class KnownBridges {
    private static final List<String> HOSTS =
            List.of("brid.gy", "mostr.pub", "momostr.pink", "bird.makeup", "rss-parrot.net");

    private KnownBridges() {}

    /// Whether a host, with or without a port, belongs to a bridge or is below one.
    public static boolean isHost(String host) {
        String name = host.split(":", 2)[0].toLowerCase(Locale.ROOT);
        return HOSTS.stream().anyMatch(known -> name.equals(known) || name.endsWith("." + known));
    }
}
