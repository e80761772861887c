package dev.drawbridge.it.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Signs requests as
/// [draft-cavage-http-signatures-12](https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12) says and
/// Mastodon does.
final class SigningKey {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    static SigningKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The public half as actors show it.
    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// The headers that make a POST of `body` one by the owner of `keyId`.
    Map<String, String> headers(String keyId, URI target, byte[] body, Instant now) {
        String date = HTTP_DATE.format(now.atOffset(ZoneOffset.UTC));
        try {
            String digest = "SHA-256="
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            String text = "(request-target): post " + target.getRawPath() + "\nhost: " + target.getRawAuthority()
                    + "\ndate: " + date + "\ndigest: " + digest;
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            var headers = new LinkedHashMap<String, String>();
            headers.put("date", date);
            headers.put("digest", digest);
            headers.put("content-type", "application/activity+json");
            headers.put(
                    "signature",
                    "keyId=\"" + keyId
                            + "\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\""
                            + Base64.getEncoder().encodeToString(signature.sign()) + '"');
            return headers;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
