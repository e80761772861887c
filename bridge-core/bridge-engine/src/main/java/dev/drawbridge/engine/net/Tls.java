package dev.drawbridge.engine.net;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/// Whom to trust: whom the JDK trusts.
final class Tls {
    private Tls() {}

    static SSLContext standard() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
