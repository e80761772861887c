package dev.drawbridge.it.peers;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A certified OpenID provider (oidc-provider) with pages of its own, where whatever is typed as a name is who signs
/// in.
public final class OpenIdPeer implements AutoCloseable {
    public static final String CLIENT = "drawbridge";
    public static final String SECRET = "a secret: of two/halves";
    /// Whose address is [#MAIL]; that of anybody else is another one.
    public static final String NAME = "olga";

    public static final String MAIL = "olga@bridge.example";

    private final PeerProcess process;
    private final URI issuer;

    private OpenIdPeer(PeerProcess process, URI issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /// @param back where it sends people back to
    /// @param out where it says that somebody signed out of it
    public static OpenIdPeer start(URI back, URI out) {
        var installation = PeerInstallation.of("openid");
        int port = Ports.free();
        var arguments = List.of(
                "--port",
                Integer.toString(port),
                "--back",
                back.toString(),
                "--out",
                out.toString(),
                "--secret",
                SECRET,
                "--mail",
                NAME + "=" + MAIL);
        var process = PeerProcess.start(
                "openid",
                installation.command("provider.mjs", arguments),
                Map.of(),
                installation.scripts(),
                line -> line.equals("READY") ? Optional.of(line) : Optional.empty(),
                _ -> {});
        process.ready();
        return new OpenIdPeer(process, URI.create("http://127.0.0.1:" + port));
    }

    public URI issuer() {
        return issuer;
    }

    /// Where people sign out of it.
    public URI signOut() {
        return issuer.resolve("/session/end");
    }

    @Override
    public void close() {
        process.close();
    }
}
