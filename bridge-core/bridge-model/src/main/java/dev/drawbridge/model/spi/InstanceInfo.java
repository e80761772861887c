package dev.drawbridge.model.spi;

import java.net.URI;

/// The instance a connector is part of.
///
/// @param baseUrl public address of this network's host, without a slash at the end: `https://ap.bridge.example`
/// @param domain the instance's main domain, `bridge.example`; with a port only in loopback mode
/// @param software name in NodeInfo, NIP-11 and user agents
/// @param version of the software
/// @param contact how to reach the operator; may be empty
/// @param loopback whether http and private addresses are allowed, for tests
public record InstanceInfo(
        URI baseUrl, String domain, String software, String version, String contact, boolean loopback) {
    /// The host of [#baseUrl()], with the port if it is not the scheme's own: what follows the `@` in a handle.
    public String host() {
        return baseUrl.getRawAuthority();
    }

    /// What people are told who it is, where another server asks them.
    public String title() {
        return "Drawbridge at " + domain;
    }

    public URI resolve(String path) {
        return URI.create(baseUrl + path);
    }
}
